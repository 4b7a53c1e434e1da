using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>How often rows that are no longer to be kept are looked for.</summary>
public sealed class RetentionOptions
{
    /// <summary>Between two looks. Default 1 minute: rows may outlive their time by as much.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Deletes rows by the rules of their data Things, in slices between other writes. Without a rule it sleeps.</summary>
public sealed partial class RetentionKeeper : IDisposable
{
    private readonly EntityDirectory _directory;
    private readonly RetentionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, bool> _ruled = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _woken = new(0);

    /// <summary>Watches the directory for rules.</summary>
    public RetentionKeeper(EntityDirectory directory, RetentionOptions options, TimeProvider time, ILogger<RetentionKeeper> logger)
    {
        (_directory, _options, _time, _logger) = (directory, options, time, logger);
        directory.Changing += Note;
    }

    /// <summary>Works until told to stop; whoever made the token awaits this task.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (_ruled.IsEmpty)
                    await _woken.WaitAsync(stopping);
                await LookAsync(stopping);
                await Task.Delay(_options.Interval, _time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left is found at the next start.
        }
    }

    /// <summary>To be called when <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _directory.Changing -= Note;
        _woken.Dispose();
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var now = _time.GetUtcNow();
        foreach (var name in _ruled.Keys)
        {
            if (_directory.FindThing(name) is not { IsRunning: true } thing || RetentionRule.Of(thing.Definition) is not { IsEmpty: false } rule)
                continue;
            try
            {
                if (_directory.Catalogue.Lineage(thing.Definition.ThingTemplate).OfType<DataThingTemplate>().FirstOrDefault() is { } template)
                    await template.RetainAsync(thing, rule.Before(now), rule.MaxEntries, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                // Whatever it is, the other Things keep their rules.
                LogFailed(name, e is PlatformException ? e.Message : e.ToString());
            }
        }
    }

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.Things)
            return;
        if (change.After is null || RetentionRule.Of(change.After).IsEmpty)
            _ruled.TryRemove(change.Entity.Name, out _);
        else if (_ruled.TryAdd(change.Entity.Name, true) && _woken.CurrentCount == 0)
            _woken.Release();
    }

    [LoggerMessage(1601, LogLevel.Warning, "Old rows of {Thing} could not be deleted: {Reason}")]
    private partial void LogFailed(string thing, string reason);
}
