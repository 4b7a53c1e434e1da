using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>Asks publishers for the contracts of names that Things of this server stand for (design federation 3).</summary>
internal sealed partial class ContractKeeper
{
    private const int BatchSize = 500;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Owner, Pending> _pending = new();
    private readonly Presence _presence;
    private readonly FederationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public ContractKeeper(Presence presence, FederationOptions options, TimeProvider time, ILogger<ContractKeeper> logger)
    {
        (_presence, _options, _time, _logger) = (presence, options, time, logger);
        presence.Wanted += (owner, name) => Ask(owner, [name]);
    }

    /// <summary>Asks again for names that were bound once more.</summary>
    public void LookAgain(Owner owner, IReadOnlyList<string> names) =>
        Ask(owner, [.. names.Where(name => _presence.ThingOf(name) is not null)]);

    /// <summary>Reads contracts without keeping them, for names that nothing here need stand for.</summary>
    /// <exception cref="PlatformException">The owner refuses or does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, Contract>> ReadAsync(Owner owner, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Contract>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(BatchSize))
        {
            try
            {
                if (await TrySendAsync(owner, some, LinkMessages.ShowContracts, cancellationToken) is not { } answer)
                    return found;
                if (answer is not { IsSuccess: true, Content: { } contracts })
                    throw new PlatformException(ErrorCode.BadGateway, $"Server [{owner.Name}] does not tell what it offers: {answer.FailureText ?? answer.Status.ToString()}");
                for (var i = 0; i < contracts.RowCount; i++)
                {
                    var (name, contract) = Contract.Read(contracts, i);
                    found[name] = contract;
                }
            }
            catch (Exception e) when (e is IOException or TimeoutException or WireFormatException)
            {
                throw new PlatformException(ErrorCode.BadGateway, $"Server [{owner.Name}] does not tell what it offers: {e.Message}", e);
            }
        }

        return found;
    }

    private void Ask(Owner owner, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        var pending = _pending.GetOrAdd(owner, _ => new());
        lock (pending)
        {
            pending.Names.UnionWith(names);
            if (pending.IsAsking)
                return;
            pending.IsAsking = true;
        }

        _ = AskAsync(owner, pending);
    }

    private async Task AskAsync(Owner owner, Pending pending)
    {
        // Off the caller's thread: it may hold a lock, and it need not wait.
        await Task.Yield();
        while (true)
        {
            List<string> names;
            lock (pending)
            {
                names = [.. pending.Names.Where(name => owner.Find(name) is not null).Take(BatchSize)];
                if (names.Count == 0)
                {
                    pending.Names.Clear();
                    pending.IsAsking = false;
                    _pending.TryRemove(owner, out _);
                    return;
                }
            }

            if (await TryAskAsync(owner, names))
            {
                lock (pending)
                    pending.Names.ExceptWith(names);
            }
            else
            {
                await Task.Delay(RetryDelay, _time, CancellationToken.None);
            }
        }
    }

    private async Task<bool> TryAskAsync(Owner owner, List<string> names)
    {
        try
        {
            if (await TrySendAsync(owner, names, LinkMessages.GetContracts, CancellationToken.None) is not { } answer)
                return false;
            if (answer is not { IsSuccess: true, Content: { } contracts })
            {
                LogRefused(owner.Name, answer.FailureText ?? answer.Status.ToString());
                return false;
            }

            for (var i = 0; i < contracts.RowCount; i++)
                Keep(owner, Contract.Read(contracts, i));
            return true;
        }
        catch (Exception e)
        {
            // Whatever it is: nobody else asks for this owner while this loop does.
            LogFailed(owner.Name, e.Message);
            return false;
        }
    }

    // Null where no connection of the owner is left.
    private async Task<ResponseMessage?> TrySendAsync(Owner owner, IReadOnlyList<string> names, string message, CancellationToken cancellationToken)
    {
        var session = names.Select(owner.Find).FirstOrDefault(binding => binding is { Sessions.IsEmpty: false })?.Sessions[^1];
        if (session is null)
            return null;
        var request = new InfoTable.Builder(DataShape.Of(("name", BaseType.STRING)));
        foreach (var name in names)
            request.Add(Value.String(name));
        return await session.Connection.SendAsync(
            LinkMessages.Request(message, InfoTable.Single(("names", BaseType.INFOTABLE, Value.Table(request.Build())))), _options.LinkTimeout, TrafficClass.Probe, cancellationToken);
    }

    private void Keep(Owner owner, (string Name, Contract Contract) told)
    {
        if (owner.Find(told.Name) is not { } binding)
            return;
        binding.Contract = told.Contract;
        if (_presence.ThingOf(told.Name) is { } thing)
            _presence.Look(thing);
    }

    [LoggerMessage(2201, LogLevel.Warning, "Server {Server} refused to tell its contracts: {Reason}")]
    private partial void LogRefused(string server, string reason);

    [LoggerMessage(2202, LogLevel.Warning, "The contracts of server {Server} could not be asked: {Reason}")]
    private partial void LogFailed(string server, string reason);

    private sealed class Pending
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool IsAsking { get; set; }
    }
}
