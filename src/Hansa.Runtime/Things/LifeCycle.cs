using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Starts and stops Things: one step of one Thing at a time, in the order of the changes.</summary>
public sealed partial class LifeCycle(EntityDirectory directory, EventProcessor events, ILogger<LifeCycle> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Task> _tails = [];

    /// <summary>Told of each Thing that has started, or has been changed while it runs. Handlers must be quick and must not throw.</summary>
    public event Action<Thing>? Started;

    /// <summary>Stops the Thing and, where it is enabled, starts it again.</summary>
    public Task RestartAsync(Thing thing, CancellationToken cancellationToken) => InTurn(thing, async () =>
    {
        await StopAsync(thing, cancellationToken);
        if (thing.Definition.IsEnabled)
            await StartAsync(thing, cancellationToken);
    });

    /// <summary>Starts, stops or refreshes a Thing after its definition has changed.</summary>
    internal Task ApplyAsync(Thing thing, EntityChange change, CancellationToken cancellationToken) => InTurn(thing, async () =>
    {
        if (change.After is null)
        {
            await StopAsync(thing, cancellationToken);
            foreach (var template in Templates(thing))
                await template.DeletedAsync(thing, cancellationToken);
            return;
        }

        // What the former template runs for the Thing ends with it.
        if (change.Before is ThingDefinition before && before.ThingTemplate != thing.Definition.ThingTemplate)
            await StopAsync(thing, directory.Catalogue.Lineage(before.ThingTemplate), cancellationToken);
        if (!thing.Definition.IsEnabled)
        {
            await StopAsync(thing, cancellationToken);
        }
        else if (!thing.IsRunning)
        {
            await StartAsync(thing, cancellationToken);
        }
        else
        {
            foreach (var template in Templates(thing))
                await template.StartAsync(thing, cancellationToken);
            Started?.Invoke(thing);
        }
    });

    /// <summary>Starts every enabled Thing; one that fails is logged and stays down.</summary>
    internal async Task StartAllAsync(CancellationToken cancellationToken)
    {
        foreach (var thing in directory.Things.Where(thing => thing.Definition.IsEnabled && !thing.IsRunning))
        {
            try
            {
                await InTurn(thing, () => StartAsync(thing, cancellationToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogStartFailed(thing.Name, e);
            }
        }
    }

    /// <summary>Stops every Thing that runs.</summary>
    internal async Task StopAllAsync(CancellationToken cancellationToken)
    {
        foreach (var thing in directory.Things.Where(thing => thing.IsRunning))
            await InTurn(thing, () => StopAsync(thing, cancellationToken));
    }

    private async Task StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        foreach (var template in Templates(thing).Reverse())
            await template.StartAsync(thing, cancellationToken);
        thing.IsRunning = true;
        Started?.Invoke(thing);
        await events.FireAsync(new(Principals.SystemName, thing, "ThingStart", "", () => null), cancellationToken);
    }

    private Task StopAsync(Thing thing, CancellationToken cancellationToken) => StopAsync(thing, Templates(thing), cancellationToken);

    private static async Task StopAsync(Thing thing, IEnumerable<BuiltInTemplate> templates, CancellationToken cancellationToken)
    {
        if (!thing.IsRunning)
            return;
        thing.IsRunning = false;
        foreach (var template in templates)
            await template.StopAsync(thing, cancellationToken);
    }

    private IEnumerable<BuiltInTemplate> Templates(Thing thing) => directory.Catalogue.Lineage(thing.Definition.ThingTemplate);

    private Task InTurn(Thing thing, Func<Task> step)
    {
        var id = thing.Definition.Id;
        lock (_lock)
        {
            var mine = After(_tails.GetValueOrDefault(id, Task.CompletedTask), step);
            _tails[id] = mine;
            _ = Forget(id, mine);
            return mine;
        }
    }

    private static async Task After(Task previous, Func<Task> step)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await step();
    }

    private async Task Forget(Guid id, Task mine)
    {
        await mine.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (_tails.GetValueOrDefault(id) == mine)
                _tails.Remove(id);
        }
    }

    [LoggerMessage(1101, LogLevel.Error, "Thing {Thing} did not start.")]
    private partial void LogStartFailed(string thing, Exception exception);
}
