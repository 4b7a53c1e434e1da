using System.Collections.Concurrent;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>Says of each remote Thing whether its other end is bound: <c>isConnected</c>, <c>lastConnection</c> (spec platform 1.9).</summary>
internal sealed partial class Presence : IRemoteEndpoints
{
    private readonly BindTable _binds;
    private readonly EntityDirectory _directory;
    private readonly DataShapes _shapes;
    private readonly RemoteCaller _caller;
    private readonly LaneBook _lanes;
    private readonly BoundProperties _bound;
    private readonly RemoteThingTemplate _template;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // Names under which Things are bound, kept in step with the directory.
    private readonly ConcurrentDictionary<string, string> _things = new(StringComparer.Ordinal);

    public Presence(
        BindTable binds, EntityDirectory directory, LifeCycle lifeCycle, DataShapes shapes, RemoteCaller caller, LaneBook lanes, BoundProperties bound, RemoteThingTemplate template,
        TimeProvider time, ILogger<Presence> logger)
    {
        (_binds, _directory, _shapes, _caller, _lanes, _bound, _template, _time, _logger) = (binds, directory, shapes, caller, lanes, bound, template, time, logger);
        directory.Changing += Note;
        foreach (var thing in directory.Things)
            Note(new(thing, null, thing.Definition));
        directory.Changed += change =>
        {
            if (change.Entity is Thing thing)
                Look(thing);
            else if (change.Kind == EntityKind.DataShapes)
                LookAll();
        };
        lifeCycle.Started += Renew;
        binds.Inherited += binding =>
        {
            if (ThingOf(binding.Name) is { } thing)
                Renew(thing);
        };
        binds.Changed += names =>
        {
            foreach (var name in names)
            {
                if (ThingOf(name) is { } thing)
                    Look(thing);
            }
        };
    }

    /// <summary>Told of Things whose name is bound by a server and that need its contract.</summary>
    public event Action<Owner, string>? Wanted;

    /// <summary>Told of bindings of running Things whose other end must ask anew for its subscriptions (spec alwayson 3.3, 5.4).</summary>
    public event Action<Binding>? Renewed;

    /// <summary>The name under which a Thing is bound: its identifier where it has one, else its own (spec platform 1.8).</summary>
    public static string BoundName(ThingDefinition thing) => thing.Identifier.Length > 0 ? $"*{thing.Identifier}" : thing.Name;

    /// <summary>The Thing that a name of a request means: as it was bound, its own, or its bare identifier; null where there is none.</summary>
    public Thing? ThingOf(string name) =>
        _directory.FindThing(_things.TryGetValue(name, out var bound) ? bound : name)
            ?? (_things.TryGetValue($"*{name}", out var identified) ? _directory.FindThing(identified) : null);

    public IEnumerable<BoundName> WithoutThing => _binds.Names.Where(name => ThingOf(name) is null && _binds.Find(name) is not null).Select(Runtime.BoundName.Parse);

    public IRemoteEndpoint? Find(Thing thing) => BindingOf(thing) is { } binding ? new RemoteEndpoint(_caller, _lanes, binding) : null;

    /// <summary>The other end; while it is away, what takes the writes that may wait for it.</summary>
    public IRemoteEndpoint Get(Thing thing)
    {
        if (Find(thing) is { } bound)
            return bound;
        // What is there and does not fit is said at once: a write would wait for a person.
        return _binds.Find(BoundName(thing.Definition)) is not { IsReady: true } && _lanes.FindPinned(thing) is { } lane
            ? new AbsentEndpoint(lane, () => WhyUnbound(thing))
            : throw new PlatformException(ErrorCode.Unavailable, WhyUnbound(thing));
    }

    /// <summary>Whether what is offered to a Thing does not fit it, which only a person can change.</summary>
    public bool IsRefused(Thing thing) => _binds.Find(BoundName(thing.Definition)) is { } binding && Refusal(thing, binding) is not null;

    public Task<IReadOnlyList<(string Id, RemoteCall Write, long Accepted)>> WaitingAsync(Thing thing, int maxItems, CancellationToken cancellationToken) =>
        _lanes.WaitingAsync(thing, maxItems, cancellationToken);

    public string WhyUnbound(Thing thing)
    {
        var name = BoundName(thing.Definition);
        if (_binds.Find(name) is not { } binding)
        {
            return thing.Definition.Identifier.Length == 0
                ? $"Thing [{thing.Name}] is not bound: it has no Identifier, and no device offers its name now. Set the Identifier to ThingName@ServerName of the Thing that it stands for."
                : $"Thing [{thing.Name}] is not bound: no server or device offers '{thing.Definition.Identifier}' now.";
        }

        return Refusal(thing, binding) is { } refusal
            ? $"Thing [{thing.Name}] cannot work with '{binding.Name[1..]}' of server [{binding.Owner.Name}]: {refusal}."
            : $"Thing [{thing.Name}] is being bound; try again in a moment.";
    }

    /// <summary>Looks whether a Thing is bound, and says so.</summary>
    public void Look(Thing thing)
    {
        if (!_directory.Catalogue.IsRemote(thing.Definition.ThingTemplate))
            return;
        if (_binds.Find(BoundName(thing.Definition)) is { Owner.IsLink: true, Contract: null } waiting)
            Wanted?.Invoke(waiting.Owner, waiting.Name);
        lock (_lock)
        {
            var bound = BindingOf(thing);
            _lanes.Note(thing, bound, bound is null && _binds.Find(BoundName(thing.Definition)) is { IsReady: true } ? WhyUnbound(thing) : "");
            var isBound = bound is not null;
            if (thing.Properties.Read(RemoteThingTemplate.IsConnected).Value.AsBoolean() == isBound)
                return;
            _ = SayAsync(thing, isBound);
        }
    }

    // A device that bound before there was a Thing has been told nothing yet; one whose Thing has changed knows what is no longer true.
    // A server is told where there is something to ask for, or was.
    private void Renew(Thing thing)
    {
        if (!thing.IsRunning || BindingOf(thing) is not { } binding)
            return;
        var isListening = thing.Bindings.RemoteProperties.Length > 0 || _template.EventsOf(thing).Any();
        if (!binding.Owner.IsLink || isListening || binding.IsListening)
        {
            binding.IsListening = isListening;
            Renewed?.Invoke(binding);
        }
    }

    /// <summary>Where a Thing is bound now, its contract fitting; null where it is not.</summary>
    public Binding? BindingOf(Thing thing) =>
        _binds.Find(BoundName(thing.Definition)) is { IsReady: true } binding && Refusal(thing, binding) is null ? binding : null;

    private string? Refusal(Thing thing, Binding binding)
    {
        if (binding.Contract is not { } contract)
            return null;
        var template = thing.Definition.ThingTemplate;
        return !contract.IsServedBy(template)
            ? $"it is a {contract.Kind}, and this is a {template}"
            : contract.Breaks(_shapes.Of(thing));
    }

    private void LookAll()
    {
        foreach (var thing in _directory.Things)
            Look(thing);
    }

    private void Note(EntityChange change)
    {
        if (change.Before is ThingDefinition before && (change.After as ThingDefinition)?.Identifier != before.Identifier)
            _things.TryRemove(KeyValuePair.Create($"*{before.Identifier}", before.Name));
        if (change.After is ThingDefinition { Identifier.Length: > 0 } after)
            _things[$"*{after.Identifier}"] = after.Name;
    }

    private async Task SayAsync(Thing thing, bool isBound)
    {
        try
        {
            // Both are set before the first wait: the caller holds a lock that orders these changes.
            var said = thing.Properties.SetAsync(RemoteThingTemplate.IsConnected, Value.Boolean(isBound), CancellationToken.None);
            if (isBound)
                await thing.Properties.SetAsync(RemoteThingTemplate.LastConnection, Value.DateTime(_time.GetUtcNow()), CancellationToken.None);
            await said;
            LogPresence(thing.Name, isBound ? "bound" : "unbound");
            await RemoteThingTemplate.ReportAsync(thing, _time.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None);
            if (isBound)
                await StartAsync(thing);
        }
        catch (Exception e)
        {
            LogPresenceFailed(thing.Name, e);
        }
    }

    private async Task StartAsync(Thing thing)
    {
        if (BindingOf(thing) is { Owner.IsLink: true })
            Renew(thing);
        foreach (var failure in await _bound.StartAsync(thing, CancellationToken.None))
            LogStartValue(thing.Name, failure);
    }

    [LoggerMessage(2103, LogLevel.Warning, "Thing {Thing}: a value could not be read from the other end at the start: {Failure}")]
    private partial void LogStartValue(string thing, string failure);

    [LoggerMessage(2101, LogLevel.Information, "Thing {Thing} is {State}.")]
    private partial void LogPresence(string thing, string state);

    [LoggerMessage(2102, LogLevel.Error, "The state of Thing {Thing} could not be kept.")]
    private partial void LogPresenceFailed(string thing, Exception exception);
}
