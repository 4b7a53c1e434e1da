using System.ComponentModel.DataAnnotations;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Limits of the audit.</summary>
public sealed class AuditOptions
{
    /// <summary>Entries that may wait to be written; more are dropped, counted and told of. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;
}

/// <summary>Notes who changed which entity, gave which permission and signed in (spec platform 4.3), in the audit and in the logs.</summary>
/// <remarks>Entries are written behind what they tell of, in its order: the end of the process loses none, a power cut may take the last moments.</remarks>
public sealed class AuditTrail
{
    private readonly EntityDirectory _directory;
    private readonly Authenticator _authenticator;
    private readonly LogKeeper _logs;
    private readonly TimeProvider _time;
    private readonly SignInRecord _signIns;

    /// <summary>Notes nothing until <see cref="Watch"/>.</summary>
    public AuditTrail(IStorage storage, EntityDirectory directory, Authenticator authenticator, LogKeeper logs, AuditOptions options, TimeProvider time)
    {
        (_directory, _authenticator, _logs, _time, _signIns) = (directory, authenticator, logs, time, new(time));
        Journal = storage.Journals.Audit;
        Writer = new(options.QueueLimit, AuditSubsystem.DefaultRetention, time)
        {
            Lost = entries => logs.Write(LogNames.Security, LogLevel.Error, nameof(AuditTrail), $"{entries} entries of the audit were lost: more came than could be written, or the disk refused them."),
        };
    }

    internal IJournal Journal { get; }

    internal JournalWriter Writer { get; }

    /// <summary>Begins to note; what the platform itself made at its first start is not noted.</summary>
    internal void Watch()
    {
        _directory.Changed += change =>
        {
            foreach (var entry in AuditEntry.Of(change, Actor.Current))
                Note(entry, entry.Category == AuditCategories.Entity ? LogNames.Configuration : LogNames.Security, LogLevel.Information);
        };
        _authenticator.Tried += attempt =>
        {
            if (_signIns.Note(attempt) is { } entry)
                Note(entry, LogNames.Security, attempt.Refusal is null ? LogLevel.Information : LogLevel.Warning);
        };
    }

    /// <summary>Entries by category, time and query; those of what has just happened are among them.</summary>
    internal async Task<InfoTable> QueryAsync(
        IEnumerable<(string Column, string Value)> wanted, DateTimeOffset? start, DateTimeOffset? end, double maxItems, string? query, CancellationToken cancellationToken)
    {
        await Writer.FlushAsync(cancellationToken);
        var given = Query.Parse(query);
        var filters = wanted.Where(column => column.Value.Length > 0)
            .Select(column => (Filter)new FieldFilter(column.Column, FilterOperator.Equal, IsNegated: false, [Value.String(column.Value)]));
        return await Journal.QueryAsync(
            new(MaxItems.Check(maxItems))
            {
                Start = start?.ToUnixTimeMilliseconds(),
                End = end?.ToUnixTimeMilliseconds(),
                Query = given with { Filter = new GroupFilter(IsAnd: true, [.. given.Filter is null ? filters : filters.Append(given.Filter)]) },
            },
            cancellationToken);
    }

    internal void Note(AuditEntry entry, string log, LogLevel level)
    {
        Writer.Add(Journal,
        [
            Value.DateTime(_time.GetUtcNow().ToUnixTimeMilliseconds()), Value.String(entry.Category), Value.String(entry.Message), Value.String(entry.Source),
            Value.String(entry.SourceType), Value.String(entry.User),
        ]);
        _logs.Write(log, level, nameof(AuditTrail), entry.Message, entry.User, entry.Source);
    }
}
