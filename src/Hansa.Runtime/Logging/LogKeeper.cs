using System.Collections.Concurrent;
using System.Globalization;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Keeps what is logged, so that it can be queried. It logs nothing itself but how many lines were lost.</summary>
/// <remarks>
/// Placeholders of a message fill columns: <c>User</c> and <c>Content</c> those of their names, <c>Thing</c> the instance; the origin
/// is <c>Thing.Service</c> where a message names both, else the logger's own name.
/// </remarks>
public sealed class LogKeeper : ILoggerProvider
{
    private readonly IJournals _journals;
    private readonly LogOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, LogLevel> _levels = new(StringComparer.Ordinal);

    /// <summary>Takes lines at once; they are written when <see cref="RunAsync"/> runs.</summary>
    public LogKeeper(IStorage storage, LogOptions options, TimeProvider time)
    {
        (_journals, _options, _time) = (storage.Journals, options, time);
        Writer = new(options.QueueLimit, LoggingSubsystem.DefaultRetention, time)
        {
            Lost = lines => Add(LogNames.Application, LogLevel.Warning, nameof(LogKeeper), string.Create(CultureInfo.InvariantCulture,
                $"{lines} lines were lost: more came than could be written, or the disk refused them."), "", ""),
        };
    }

    /// <summary>The fields of a line.</summary>
    public static DataShape LineShape => JournalShapes.LogEntry;

    /// <summary>Told of each line that is kept: the log's name and the fields of <see cref="LineShape"/>. Handlers must be quick, must not throw and must not log.</summary>
    public event Action<string, Value[]>? Kept;

    internal JournalWriter Writer { get; }

    /// <summary>Whether a line tells an exception's stack.</summary>
    internal bool TellsStacks { get; set; } = true;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var (log, floor) = LogNames.Of(categoryName);
        return new KeptLogger(this, log, floor, categoryName[(categoryName.LastIndexOf('.') + 1)..]);
    }

    /// <summary>Goes with the last line written.</summary>
    public void Dispose() => Writer.Complete();

    internal IJournal Journal(string log) => _journals.Log(log);

    /// <summary>Keeps a line that is for the log only, where its level is kept.</summary>
    internal void Write(string log, LogLevel level, string origin, string content, string user = "", string instance = "")
    {
        if (level >= LevelOf(log))
            Add(log, level, origin, content, user, instance);
    }

    internal LogLevel LevelOf(string log) => _levels.GetValueOrDefault(log, LogLevels.Default);

    internal void SetLevels(IEnumerable<KeyValuePair<string, LogLevel>> levels)
    {
        var wanted = levels.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, _) in LogNames.All)
            _levels[name] = wanted.GetValueOrDefault(name, LogLevels.Default);
    }

    internal Task RunAsync() => Writer.RunAsync();

    private void Add(string log, LogLevel level, string origin, string content, string user, string instance)
    {
        var text = content.Length <= _options.MaxContentLength ? content : $"{content.AsSpan(0, _options.MaxContentLength)}…";
        var thread = Thread.CurrentThread.Name ?? string.Create(CultureInfo.InvariantCulture, $"thread-{Environment.CurrentManagedThreadId}");
        Value[] line =
        [
            Value.DateTime(_time.GetUtcNow().ToUnixTimeMilliseconds()), Value.String(LogLevels.Word(level)), Value.String(origin), Value.String(text), Value.String(user),
            Value.String(thread), Value.String(""), Value.String(instance), Value.String(""),
        ];
        Writer.Add(_journals.Log(log), line);
        Kept?.Invoke(log, line);
    }

    private sealed class KeptLogger(LogKeeper keeper, string log, LogLevel floor, string origin) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= floor && logLevel >= keeper.LevelOf(log) && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            string? Said(string name) => state is IReadOnlyList<KeyValuePair<string, object?>> values
                ? values.FirstOrDefault(value => value.Key == name).Value?.ToString() : null;
            var content = Said("Content") ?? formatter(state, exception);
            if (exception is not null)
                content = $"{content} {(keeper.TellsStacks ? exception.ToString() : exception.Message)}";
            var thing = Said("Thing");
            keeper.Add(log, logLevel, thing is not null && Said("Service") is { } service ? $"{thing}.{service}" : origin, content, Said("User") ?? "", thing ?? "");
        }
    }
}
