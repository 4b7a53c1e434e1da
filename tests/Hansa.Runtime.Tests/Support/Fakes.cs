using System.Collections.Concurrent;
using System.Text;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime.Tests.Support;

/// <summary>Cipher text that a test can recognise, and that does not hold the secret.</summary>
internal sealed class MarkedSecrets : ISecretProtector
{
    public const string Mark = "sealed:";

    public string Protect(string secret) => Mark + Convert.ToBase64String([.. Encoding.UTF8.GetBytes(secret).Reverse()]);

    public string Unprotect(string cipherText) => Encoding.UTF8.GetString([.. Convert.FromBase64String(cipherText[Mark.Length..]).Reverse()]);
}

/// <summary>The other ends of remote Things: those that a test binds.</summary>
internal sealed class FakeEndpoints : IRemoteEndpoints
{
    public ConcurrentDictionary<string, FakeEndpoint> Bound { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that are bound and that no Thing has, as they were bound.</summary>
    public List<string> Loose { get; } = [];

    public IEnumerable<BoundName> WithoutThing => Loose.Select(BoundName.Parse);

    public IRemoteEndpoint? Find(Thing thing) => Bound.GetValueOrDefault(thing.Name);

    public string WhyUnbound(Thing thing) => $"Thing [{thing.Name}] is not bound.";

    public FakeEndpoint Bind(string thing) => Bound[thing] = new();
}

/// <summary>Remembers calls and answers what it was told to.</summary>
internal sealed class FakeEndpoint : IRemoteEndpoint
{
    public List<RemoteCall> Calls { get; } = [];

    public InfoTable? Answer { get; set; }

    public bool TellsChanges { get; set; } = true;

    public ValueTask<InfoTable?> InvokeAsync(RemoteCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return new(Answer);
    }
}

/// <summary>All that was logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}

/// <summary>A store whose commits of the model can be held back or made to fail.</summary>
internal sealed class TroubledStorage(IStorage inner) : IStorage, IModelStore
{
    /// <summary>Runs before each commit reaches the disk; what it throws is what the caller gets.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    public IModelStore Model => this;

    public IStreamStore Streams => inner.Streams;

    public IValueStreamStore ValueStreams => inner.ValueStreams;

    public IDataTableStore DataTables => inner.DataTables;

    public IPageStore Pages => inner.Pages;

    public IJournals Journals => inner.Journals;

    public ILedger Ledger => inner.Ledger;

    public IOutbox Outbox => inner.Outbox;

    public StorageMetrics Metrics => inner.Metrics;

    public void Fail() => BeforeCommit = () => throw new PlatformException(ErrorCode.Unavailable, "The disk is full.");

    public void Heal() => BeforeCommit = () => Task.CompletedTask;

    public Task<IReadOnlyList<EntityRecord>> LoadEntitiesAsync(CancellationToken cancellationToken) => inner.Model.LoadEntitiesAsync(cancellationToken);

    public Task<IReadOnlyList<PropertyRecord>> LoadPropertiesAsync(CancellationToken cancellationToken) => inner.Model.LoadPropertiesAsync(cancellationToken);

    public async Task CommitAsync(ModelChange change, CancellationToken cancellationToken)
    {
        await BeforeCommit();
        await inner.Model.CommitAsync(change, cancellationToken);
    }

    public async Task PutPropertiesAsync(IReadOnlyList<PropertyRecord> values, CancellationToken cancellationToken)
    {
        await BeforeCommit();
        await inner.Model.PutPropertiesAsync(values, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
