using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>FederationSubsystem (spec platform 1.3, 1.5): what this server is called, whom it publishes to, and how the links are doing.</summary>
internal sealed partial class FederationSubsystem : Subsystem, IDisposable
{
    public const string SubsystemName = "FederationSubsystem";
    public const string IdentificationTable = "ServerIdentification";
    public const string SubscribersTable = "FederationSubscribers";
    public const string SettingsTable = "ServerSettings";

    private readonly EntityDirectory _directory;
    private readonly Publication _publication;
    private readonly ServerIdentity _identity;
    private readonly LinkParts _parts;
    private readonly PushHub _push;
    private readonly Offers _offers;
    private readonly LaneBook _lanes;
    private readonly LinkMonitor _monitor;
    private readonly BoundThings _bound;
    private readonly Dictionary<string, SubscriberLink> _links = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, SubscriberLink> _shown = new(StringComparer.Ordinal);
    private volatile bool _isRunning;

    public FederationSubsystem(
        EntityDirectory directory, Publication publication, ServerIdentity identity, WireDispatcher dispatcher, ConfigurationSecrets secrets, Principals principals,
        Gate gate, PushHub push, Offers offers, IStorage storage, LaneServer laneServer, LaneBook lanes, LinkMonitor monitor, BoundThings bound, FederationOptions options, TimeProvider time, ILogger<FederationSubsystem> logger)
    {
        (_directory, _publication, _identity, _push, _offers, _lanes, _monitor, _bound) = (directory, publication, identity, push, offers, lanes, monitor, bound);
        _parts = new(publication, dispatcher, identity, secrets, principals, gate, directory, storage, laneServer, monitor, options, time, logger);
        directory.Changed += Note;
    }

    public override string Name => SubsystemName;

    public override string Description => "Connects servers: publishes Things to others and keeps the links.";

    public override bool IsRunning => _isRunning;

    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables =>
    [
        new(SettingsTable, "Server Settings", new(
        [
            new("updateInterval", BaseType.INTEGER, "Update Interval: milliseconds between publications of property and event updates to subscribers.")
            {
                Aspects = Aspects.Of(("friendlyName", Value.String("Update Interval")), ("defaultValue", Value.Integer(100))),
            },
        ]), Check: CheckSettings),
        new(IdentificationTable, "Server Identification", new(
        [
            new("serverName", BaseType.STRING, "My Server Name") { Aspects = Aspects.Of(("friendlyName", Value.String("My Server Name"))) },
            new("serverDescription", BaseType.STRING, "My Server Description", 1) { Aspects = Aspects.Of(("friendlyName", Value.String("My Server Description"))) },
        ]), Check: CheckIdentification),
        SubscriberRow.Table,
    ];

    public override IEnumerable<Metric> Metrics
    {
        get
        {
            var links = _shown;
            yield return new("subscribers", "Servers that this one publishes to.", links.Count);
            yield return new("connectedSubscribers", "Of these, connected now.", links.Values.Count(link => link.IsConnected));
            yield return new("pushedValues", "Property values told to subscribers by the links that there are now.", links.Values.Sum(link => link.Push.Values));
            yield return new("pushedEvents", "Events told to them.", links.Values.Sum(link => link.Push.Events));
            yield return new("droppedPushes", "Values and events dropped because too many waited for a subscriber.", links.Values.Sum(link => link.Push.Dropped));
            yield return new("publishedThings", "Things that are published.", _publication.All.Count());
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _isRunning = true;
        return ReconcileAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _isRunning = false;
        return ReconcileAsync(cancellationToken);
    }

    [Service("Gives My Server Name.", Category = "Federation", Kind = CallKind.Read)]
    public string GetServerName(ServiceContext call) => _identity.Name;

    [Service("Lists all Things that are published.", Category = "Federation", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetAllPublishedThings(ServiceContext call, double maxItems = 500) => List(call, _publication.All, maxItems);

    [Service("Lists the Things that are published to a subscriber: those that its Publish As User can see.", Category = "Federation", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetPublishedThings(ServiceContext call, [Parameter(IsRequired = true)] string subscriberName, double maxItems = 500) =>
        List(call, _publication.For(Row(subscriberName)), maxItems);

    [Service("Lists published Things by template and a query over name and description.", Category = "Federation", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable SearchPublishedThings(
        ServiceContext call, [Parameter(BaseType.THINGSHAPENAME)] string? thingShape, [Parameter(BaseType.QUERY)] string? query, double maxItems = 500)
    {
        var things = _publication.All.Where(thing => string.IsNullOrEmpty(thingShape) || thing.Definition.ThingTemplate == thingShape);
        var all = List(call, things, double.MaxValue);
        return Query.Parse(query).Bind(all.Shape).Run(all, Limit(maxItems));
    }

    [Service("Lists the Things that any subscriber has a proxy for.", Category = "Federation", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetAllActiveSubscriptions(ServiceContext call, double maxItems = 500) =>
        List(call, Things(_shown.Values.SelectMany(link => link.Wanted)), maxItems);

    [Service("Lists the Things that a subscriber has a proxy for.", Category = "Federation", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetActiveSubscriptions(ServiceContext call, [Parameter(IsRequired = true)] string subscriberName, double maxItems = 500) =>
        List(call, Things(_shown.GetValueOrDefault(Row(subscriberName).Name)?.Wanted ?? []), maxItems);

    [Service("Tells how the links to all subscribers are doing.", Category = "Federation", ResultShape = "SubscriberStatus", Kind = CallKind.Read)]
    public InfoTable GetSubscriberStatus(ServiceContext call)
    {
        var links = _shown;
        var builder = new InfoTable.Builder(PlatformShapes.SubscriberStatus);
        foreach (var row in Rows)
        {
            // A link of an older row says nothing about this one.
            var link = links.GetValueOrDefault(row.Name) is { } found && found.Row == row ? found : null;
            builder.Add(
                Value.String(row.Name), Value.String(row.Description), Value.Boolean(row.IsEnabled), Value.Boolean(link is { IsConnected: true }),
                Value.DateTime(link?.LastConnection ?? 0),
                Value.String(!row.IsEnabled ? "publishing is disabled" : !_isRunning ? "the subsystem is stopped" : link?.Reason ?? "connecting"));
        }

        return builder.Build();
    }

    [Service("Lists the Things of other servers that are offered to this one, with their Data Shapes there; with a template, those that a Thing of it can stand for.",
        Category = "Federation", ResultShape = "OfferedThing", Kind = CallKind.Read)]
    public async Task<InfoTable> GetOfferedThings(
        ServiceContext call, [Parameter(BaseType.THINGTEMPLATENAME)] string? thingTemplate, CancellationToken cancellationToken, double maxItems = 500)
    {
        var builder = new InfoTable.Builder(PlatformShapes.OfferedThing);
        var offers = await _offers.ListAsync(cancellationToken);
        foreach (var offer in offers.Where(offer => string.IsNullOrEmpty(thingTemplate) || offer.Contract.IsServedBy(thingTemplate)).Take(Limit(maxItems)))
        {
            var shape = offer.Contract.Shape;
            var user = offer.UsedBy is { } thing && call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin) ? thing.Name : "";
            builder.Add(
                Value.String(offer.Name), Value.String(offer.Server), Value.String(offer.Identifier), Value.String(offer.Contract.Kind), Value.String(shape?.Name),
                shape is null ? default : Value.Table(DataShapeServices.Rows(shape)), Value.Text(user, BaseType.THINGNAME));
        }

        return builder.Build();
    }

    [Service("Goes the way to a subscriber once, as a row of FederationSubscribers describes it, and tells of each step how it went: name, port, certificate, server, clock, "
        + "signIn, publication. Nothing is changed on either side. A masked application key is the stored one, for the address that it is stored with.",
        Category = "Federation", ResultShape = "SubscriberTest", Requires = Permission.Update, Kind = CallKind.Read)]
    public Task<InfoTable> TestSubscriber(ServiceContext call, [Parameter(IsRequired = true)] InfoTable subscriber, CancellationToken cancellationToken)
    {
        if (subscriber.RowCount != 1)
            throw new PlatformException(ErrorCode.BadRequest, $"subscriber must be one row of {SubscribersTable}, not {subscriber.RowCount}.");
        var stored = call.Target.Configuration(SubscribersTable);
        var row = SubscriberRow.Read(_parts.Secrets.Store(SubscriberRow.Table, subscriber, stored)).Single();
        if (subscriber[0, "applicationKey"].AsText() == ConfigurationSecrets.MaskText && Row(row.Name).ServerUri != row.ServerUri)
            throw new PlatformException(ErrorCode.BadRequest, $"The stored application key of [{row.Name}] is for {Row(row.Name).ServerUri}; enter the key to test {row.ServerUri}.");
        return new SubscriberTest(row, _parts.Secrets.Open(row.StoredKey), _parts).RunAsync(cancellationToken);
    }

    [Service("Lists the published Things and tells of each whether subscribers that are published to as a user would see it, could write to it, and how many more of its services they could run.",
        Category = "Federation", ResultShape = "PublicationPreview", Requires = Permission.Read, Kind = CallKind.Read)]
    public InfoTable PreviewPublication(ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string publishAsUser)
    {
        call.Find(EntityKind.Users, publishAsUser);
        var builder = new InfoTable.Builder(PlatformShapes.PublicationPreview);
        foreach (var preview in _publication.Preview(publishAsUser).Where(one => call.Invoker.Gate.IsVisible(call.Caller, one.Thing, call.Call.Origin)))
        {
            builder.Add(
                Value.Text(preview.Thing.Name, BaseType.THINGNAME), Value.String(preview.Thing.Definition.Description),
                Value.Text(preview.Thing.Definition.ThingTemplate, BaseType.THINGTEMPLATENAME), Value.Boolean(preview.IsVisible), Value.Boolean(preview.IsWritable),
                Value.Integer(preview.Services));
        }

        return builder.Build();
    }

    public void Dispose() => _turn.Dispose();

    private IEnumerable<SubscriberRow> Rows => SubscriberRow.Read(_directory.Find(new(EntityKind.Subsystems, SubsystemName))!.Configuration(SubscribersTable));

    private SubscriberRow Row(string name) => Rows.FirstOrDefault(row => row.Name == name) ?? throw new PlatformException(
        ErrorCode.NotFound, $"There is no subscriber [{name}]; there are {string.Join(", ", Rows.Select(row => row.Name))}.");

    private void Note(EntityChange change)
    {
        switch (change.Kind)
        {
            case EntityKind.Subsystems when change.Entity.Name == SubsystemName:
                _ = ReconcileAsync(CancellationToken.None);
                break;
            case EntityKind.Things or EntityKind.DataShapes or EntityKind.Users or EntityKind.Groups or EntityKind.Organizations:
                foreach (var link in _shown.Values)
                    link.Look();
                break;
        }
    }

    // Makes the links what the rows say, touching only those whose row has changed. One at a time, the last one sees the newest rows.
    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var name = _identity.Name;
            var rows = _isRunning ? Rows.Where(row => row.IsEnabled).ToDictionary(row => row.Name, StringComparer.Ordinal) : [];
            var ended = _links.Values.Where(link => !rows.TryGetValue(link.Row.Name, out var row) || row != link.Row).ToList();
            foreach (var link in ended)
                _links.Remove(link.Row.Name);
            Volatile.Write(ref _shown, new(_links, StringComparer.Ordinal));
            await Task.WhenAll(ended.Select(link => link.DisposeAsync().AsTask()));
            foreach (var row in rows.Values.Where(row => !_links.ContainsKey(row.Name)))
                _links.Add(row.Name, new(row, _parts));
            Volatile.Write(ref _shown, new(_links, StringComparer.Ordinal));
            _monitor.Use([.. _links.Values]);
            _push.Use(_links.Values.Select(link => link.Push));
            // A new server name is a new set of names to bind.
            foreach (var link in _links.Values)
                link.Look();
        }
        finally
        {
            _turn.Release();
        }
    }

    private IEnumerable<Thing> Things(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(_directory.FindThing).OfType<Thing>();

    private static InfoTable List(ServiceContext call, IEnumerable<Thing> things, double maxItems)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var thing in things.Where(thing => call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin)).Take(Limit(maxItems)))
            builder.Add(Value.String(thing.Name), Value.String(thing.Definition.Description));
        return builder.Build();
    }

    private static int Limit(double maxItems) => maxItems >= int.MaxValue ? int.MaxValue : Math.Max(0, (int)maxItems);

    private static void CheckSettings(InfoTable table)
    {
        if (table.RowCount > 0 && table[0, "updateInterval"].AsLong() is < 10 or > 3_600_000)
            throw new PlatformException(ErrorCode.BadRequest, $"updateInterval must be 10 to 3600000 milliseconds, not {table[0, "updateInterval"]}.");
    }

    private static void CheckIdentification(InfoTable table)
    {
        if (table.RowCount > 0 && table[0, "serverName"].ToString() is var name && name.Any(c => char.IsWhiteSpace(c) || c is '@' or '*' or '/'))
            throw new PlatformException(ErrorCode.BadRequest, $"My Server Name must hold no spaces and none of @ * /; '{name}' does.");
    }
}
