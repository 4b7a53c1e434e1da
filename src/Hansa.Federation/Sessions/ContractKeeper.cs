using System.Collections.Concurrent;
using Hansa.AlwaysOn;
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
            var session = names.Select(owner.Find).FirstOrDefault(binding => binding is { Sessions.IsEmpty: false })?.Sessions[^1];
            if (session is null)
                return false;
            var request = new InfoTable.Builder(DataShape.Of(("name", BaseType.STRING)));
            foreach (var name in names)
                request.Add(Value.String(name));
            var answer = await session.Connection.SendAsync(
                new(Method.Post, EntityKind.Subsystems, FederationSubsystem.SubsystemName, Characteristic.Services, LinkMessages.GetContracts,
                    InfoTable.Single(("names", BaseType.INFOTABLE, Value.Table(request.Build())))),
                _options.LinkTimeout, TrafficClass.Probe, CancellationToken.None);
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

/// <summary>Names of the messages that servers send each other about the link itself.</summary>
internal static class LinkMessages
{
    /// <summary>A asks B: names in, contracts out.</summary>
    public const string GetContracts = "GetContracts";
}
