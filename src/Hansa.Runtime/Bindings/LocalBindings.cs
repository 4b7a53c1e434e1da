using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Keeps locally bound properties equal to their sources: whatever is written there is written here, with its time and quality.</summary>
public sealed partial class LocalBindings : IPropertyObserver
{
    private readonly EntityDirectory _directory;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, ImmutableArray<Follower>> _bySource = new(StringComparer.Ordinal);

    /// <summary>Watches the directory and the starts of Things.</summary>
    public LocalBindings(EntityDirectory directory, LifeCycle lifeCycle, ILogger<LocalBindings> logger)
    {
        (_directory, _logger) = (directory, logger);
        directory.Changing += Note;
        lifeCycle.Started += thing =>
        {
            if (!thing.Bindings.Locals.IsEmpty)
                _ = CatchUpAsync(thing);
        };
    }

    /// <summary>Properties of other Things that follow those of a Thing.</summary>
    public IEnumerable<(string Thing, LocalPropertyBinding Binding)> Of(string source) =>
        _bySource.TryGetValue(source, out var followers) ? followers.Select(follower => (follower.Thing, follower.Binding)) : [];

    /// <summary>Whether a property follows, over any number of bindings, one that it is to be bound to: a circle.</summary>
    public bool IsCircle(string thing, string property, string sourceThing, string sourceProperty)
    {
        for (var steps = 0; steps < 64; steps++)
        {
            if (sourceThing == thing && sourceProperty == property)
                return true;
            if (_directory.FindThing(sourceThing)?.Bindings.Local(sourceProperty) is not { } next)
                return false;
            (sourceThing, sourceProperty) = (next.SourceThing, next.SourceProperty);
        }

        return true;
    }

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes) =>
        _bySource.TryGetValue(thing.Name, out var followers) ? FollowAsync(userName, followers, writes) : ValueTask.CompletedTask;

    private async ValueTask FollowAsync(string userName, ImmutableArray<Follower> followers, IReadOnlyList<PropertyWrite> writes)
    {
        foreach (var follower in followers)
        {
            foreach (var write in writes)
            {
                if (write.Property.Name == follower.Binding.SourceProperty && _directory.FindThing(follower.Thing) is { } thing)
                    await SetAsync(userName, thing, follower.Binding, write.After);
            }
        }
    }

    private async Task CatchUpAsync(Thing thing)
    {
        foreach (var binding in thing.Bindings.Locals)
        {
            if (_directory.FindThing(binding.SourceThing) is { } source && source.Shape.FindProperty(binding.SourceProperty) is { } property
                && source.Properties.Read(property) is { Time: not 0 } now)
                await SetAsync(Principals.SystemName, thing, binding, now);
        }
    }

    // The writer of the source has nothing to do with what the bound property cannot take.
    private async ValueTask SetAsync(string userName, Thing thing, LocalPropertyBinding binding, Vtq value)
    {
        try
        {
            if (thing.Shape.FindProperty(binding.Property) is { } property && thing.Properties.Read(property) != value)
                await thing.Properties.WriteAsync(userName, [(binding.Property, value)], CancellationToken.None);
        }
        catch (PlatformException e)
        {
            LogRefused(binding.Property, thing.Name, binding.SourceProperty, binding.SourceThing, e.Message);
        }
    }

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.Things)
            return;
        var before = change.ShapeBefore?.Bindings.Locals ?? [];
        var after = change.ShapeAfter?.Bindings.Locals ?? [];
        if (before == after)
            return;
        var name = change.Entity.Name;
        foreach (var source in before.Concat(after).Select(binding => binding.SourceThing).Distinct(StringComparer.Ordinal))
        {
            var mine = after.Where(binding => binding.SourceThing == source).Select(binding => new Follower(name, binding));
            var all = _bySource.AddOrUpdate(source, _ => [.. mine], (_, have) => [.. have.Where(follower => follower.Thing != name), .. mine]);
            if (all.IsEmpty)
                _bySource.TryRemove(KeyValuePair.Create(source, all));
        }
    }

    [LoggerMessage(1501, LogLevel.Warning, "Property {Property} of Thing {Thing} could not follow {SourceProperty} of {SourceThing}: {Reason}")]
    private partial void LogRefused(string property, string thing, string sourceProperty, string sourceThing, string reason);

    private sealed record Follower(string Thing, LocalPropertyBinding Binding);
}
