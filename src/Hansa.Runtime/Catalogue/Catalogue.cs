using System.Collections.Frozen;
using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// Everything that entities are made from: what the platform brings, and the Thing Templates and Thing Shapes that users made, compiled.
/// Immutable: an edit of a template or shape makes a new one, <see cref="With"/>.
/// </summary>
public sealed class Catalogue
{
    private static readonly EntityKey Package = new(EntityKind.ThingPackages, "ConfiguredThing");

    private readonly FrozenDictionary<EntityKey, EntityShape> _named;
    private readonly FrozenDictionary<EntityKind, EntityShape> _kinds;
    private readonly FrozenDictionary<string, TemplateEntry> _platform;
    private readonly IUserServices _userServices;
    private readonly ImmutableDictionary<string, TemplateEntry> _templates;
    private readonly ImmutableDictionary<string, ShapeEntry> _shapes;

    /// <summary>Reads the services of all parts.</summary>
    public Catalogue(IEnumerable<BuiltIn> parts, IRemoteServices remote, IUserServices userServices)
    {
        _userServices = userServices;
        var all = parts.ToList();
        var common = all.OfType<KindServices>().ToList();
        _kinds = EntityKinds.All.Append(EntityKind.Collections).ToFrozenDictionary(kind => kind, kind => new EntityShape(
            Package, [], new() { Services = [.. common.Where(part => part.AppliesTo(kind)).SelectMany(ServiceReflector.ServicesOf)] }));
        _named = all.Where(part => part is Resource or Subsystem).Select(part =>
                (Key: part is Resource resource ? new EntityKey(EntityKind.Resources, resource.Name) : new(EntityKind.Subsystems, ((Subsystem)part).Name), Part: part))
            .ToFrozenDictionary(pair => pair.Key, pair => new EntityShape(pair.Key, [_kinds[pair.Key.Kind]], MembersOf(pair.Part, ServiceReflector.ServicesOf(pair.Part))));
        _platform = CompileTemplates([.. all.OfType<BuiltInTemplate>()], remote);
        _templates = _platform.ToImmutableDictionary(StringComparer.Ordinal);
        _shapes = ImmutableDictionary.Create<string, ShapeEntry>(StringComparer.Ordinal);
        Parts = all;
    }

    private Catalogue(Catalogue from, ImmutableDictionary<string, TemplateEntry> templates, ImmutableDictionary<string, ShapeEntry> shapes)
    {
        (_named, _kinds, _platform, _userServices, Parts) = (from._named, from._kinds, from._platform, from._userServices, from.Parts);
        (_templates, _shapes) = (templates, shapes);
    }

    /// <summary>All parts of the platform.</summary>
    public IReadOnlyList<BuiltIn> Parts { get; }

    /// <summary>Names of the templates that Things can be made of.</summary>
    public IEnumerable<string> TemplateNames => _templates.Keys.Order(StringComparer.Ordinal);

    /// <summary>The entities that every server has: its templates, resources, subsystems, logs and collections.</summary>
    public IEnumerable<EntityDefinition> Entities =>
    [
        .. _platform.Values.Select(entry => new ThingTemplateDefinition(entry.Name, entry.Base?.Name ?? "")
        {
            Description = entry.Description, IsSystemObject = true, Owner = Principals.SystemName,
        }),
        .. Parts.OfType<Resource>().Select(part => System(EntityKind.Resources, part.Name, part.Description)),
        .. Parts.OfType<Subsystem>().Select(part => System(EntityKind.Subsystems, part.Name, part.Description)),
        .. EntityKinds.All.Select(kind => System(EntityKind.Collections, kind.ToString(), $"What is said of all {kind}.")),
        .. LogNames.All.Select(log => System(EntityKind.Logs, log.Name, log.Description)),
    ];

    /// <summary>This with templates and shapes put in or taken out; itself where none is among the definitions.</summary>
    /// <exception cref="PlatformException">A template or shape that is named is not there, or a template would extend itself.</exception>
    public Catalogue With(IEnumerable<EntityDefinition> put, IEnumerable<EntityKey>? gone = null)
    {
        var shapes = _shapes.ToBuilder();
        var definitions = new Dictionary<string, ThingTemplateDefinition>(StringComparer.Ordinal);
        var leaving = (gone ?? []).Where(key => key.Kind is EntityKind.ThingTemplates or EntityKind.ThingShapes).ToList();
        foreach (var definition in put)
        {
            if (definition is ThingShapeDefinition shape)
                shapes[shape.Name] = new(shape, new(shape.Key, [], MembersOf(shape)));
            else if (definition is ThingTemplateDefinition template)
                definitions[template.Name] = template;
        }

        foreach (var key in leaving.Where(key => key.Kind == EntityKind.ThingShapes))
            shapes.Remove(key.Name);
        if (definitions.Count == 0 && leaving.Count == 0 && shapes.Count == _shapes.Count && shapes.All(pair => _shapes.GetValueOrDefault(pair.Key) == pair.Value))
            return this;
        foreach (var entry in _templates.Values.Where(entry => entry.Definition is not null && !definitions.ContainsKey(entry.Name)))
            definitions[entry.Name] = entry.Definition!;
        foreach (var key in leaving.Where(key => key.Kind == EntityKind.ThingTemplates))
            definitions.Remove(key.Name);
        var kept = shapes.ToImmutable();
        return new(this, new TemplateCompiler(this, definitions, kept).Compile(), kept);
    }

    /// <summary>What an entity of this definition can do.</summary>
    public EntityShape ShapeOf(EntityDefinition definition) =>
        definition is ThingDefinition thing ? ShapeOf(thing) : _named.GetValueOrDefault(definition.Key) ?? _kinds[definition.Kind];

    /// <summary>The members that an entity defines or has: of a template or shape those of its Things, else its own.</summary>
    public EntityShape MembersOf(Entity entity) => entity.Key.Kind switch
    {
        EntityKind.ThingTemplates => Template(entity.Name).Shape,
        EntityKind.ThingShapes => _shapes[entity.Name].Shape,
        _ => entity.Shape,
    };

    /// <summary>Whether Things can be made of that template.</summary>
    public bool HasTemplate(string name) => _templates.ContainsKey(name);

    /// <summary>The members of a Thing Shape, null where there is none of that name.</summary>
    public EntityShape? ShapeMembers(string name) => _shapes.GetValueOrDefault(name)?.Shape;

    /// <summary>The shape that Things of this template begin with.</summary>
    public EntityShape TemplateShape(string name) => Template(name).Shape;

    /// <summary>Names of the template itself and those it extends, nearest first.</summary>
    public IEnumerable<string> Ancestry(string template) => Entries(template).Select(entry => entry.Name);

    /// <summary>Names of the Thing Shapes that Things of a template have, with a definition's own first.</summary>
    public IEnumerable<string> ImplementedShapes(InheritingDefinition definition) => definition.ImplementedShapes
        .Concat(definition.Template.Length == 0 ? [] : Entries(definition.Template).SelectMany(entry => entry.Definition?.ImplementedShapes ?? [])).Distinct(StringComparer.Ordinal);

    /// <summary>The templates of the platform that a template is or extends, nearest first.</summary>
    public IEnumerable<BuiltInTemplate> Lineage(string template) => Entries(template).Select(entry => entry.Part).OfType<BuiltInTemplate>();

    /// <summary>Whether Things of this template are proxies of Things elsewhere.</summary>
    public bool IsRemote(string template) => Lineage(template).Any(part => part.Name == RemoteThingTemplate.TemplateName);

    /// <summary>The Data Shape that a Thing names, null where its template knows none.</summary>
    public string? DataShapeNameOf(ThingDefinition thing)
    {
        var stored = Template(thing.ThingTemplate).Shape.StoredTables;
        var complete = stored.Count == 0 ? thing : thing with { ConfigurationTables = stored.SetItems(thing.ConfigurationTables) };
        return Entries(thing.ThingTemplate).Select(entry => entry.Original ?? entry.Part).FirstOrDefault(part => part is not null)?.DataShapeNameOf(complete);
    }

    /// <summary>The template of the Things that those of a twin template stand for; null for any other template.</summary>
    public BuiltInTemplate? TwinOf(string template) => Entries(template).Select(entry => entry.Original).FirstOrDefault(original => original is not null);

    /// <summary>The events that Things of a twin template have of the Thing that they stand for; none for any other template.</summary>
    public IEnumerable<EventDefinition> TwinEvents(string template) => TwinOf(template)?.TwinEvents ?? [];

    private EntityShape ShapeOf(ThingDefinition thing)
    {
        var template = Template(thing.ThingTemplate).Shape;
        return HasOwn(thing) ? new(thing.Key, [.. thing.ImplementedShapes.Select(name => Shape(name).Shape), template], MembersOf(thing, template)) : template;
    }

    private static bool HasOwn(ThingDefinition thing) =>
        thing.Services.Length + thing.Properties.Length + thing.Events.Length + thing.Subscriptions.Length + thing.ImplementedShapes.Length + thing.PropertyBindings.Length
        + thing.RemotePropertyBindings.Length + thing.RemoteServiceBindings.Length + thing.RemoteEventBindings.Length + thing.Alerts.Length
        + thing.ConfigurationTableDefinitions.Length + thing.SubscriptionSwitches.Length > 0;

    private ShapeMembers MembersOf(MemberedDefinition definition, EntityShape? inherited = null)
    {
        var services = definition.Services.Select(service => _userServices.Bind(definition, service));
        var members = new ShapeMembers { Properties = definition.Properties, Events = definition.Events, Subscriptions = definition.Subscriptions };
        if (definition is not InheritingDefinition inheriting)
            return members with { Services = [.. services] };
        // An inherited service that is bound here is answered by the remote end.
        var bound = inheriting.RemoteServiceBindings.Where(binding => definition.Services.All(service => service.Definition.Name != binding.Service))
            .Select(binding => inherited?.FindService(binding.Service)).OfType<BoundService>().Select(service => _userServices.Bind(definition, new(service.Definition, "")));
        return members with
        {
            Services = [.. services, .. bound],
            Switches = inheriting.SubscriptionSwitches,
            Alerts = inheriting.Alerts,
            InstancePermissions = inheriting is ThingTemplateDefinition template ? template.InstancePermissions : [],
            Tables = [.. inheriting.ConfigurationTableDefinitions.Select(ConfigurationTableDefinition.Of)],
            Inheriting = inheriting,
        };
    }

    private static ShapeMembers MembersOf(BuiltIn part, IEnumerable<BoundService> services) => new()
    {
        Services = [.. services], Properties = [.. part.Properties], Events = [.. part.Events], Tables = [.. part.ConfigurationTables],
    };

    private TemplateEntry Template(string name) => _templates.GetValueOrDefault(name)
        ?? throw Errors.Bad($"There is no Thing Template [{name}]; this server has {string.Join(", ", TemplateNames)}.");

    private ShapeEntry Shape(string name) => _shapes.GetValueOrDefault(name) ?? throw NoShape(name);

    private static PlatformException NoShape(string name) => Errors.Bad($"There is no Thing Shape [{name}].");

    private IEnumerable<TemplateEntry> Entries(string template)
    {
        for (var entry = Template(template); entry is not null; entry = entry.Base)
            yield return entry;
    }

    private FrozenDictionary<string, TemplateEntry> CompileTemplates(IReadOnlyList<BuiltInTemplate> parts, IRemoteServices remote)
    {
        var done = new Dictionary<string, TemplateEntry>(StringComparer.Ordinal);
        var byName = parts.ToDictionary(part => part.Name, StringComparer.Ordinal);
        foreach (var part in parts)
            Compile(part);
        // A twin is what its template offers, answered by whoever owns the Thing.
        foreach (var part in parts.Where(part => part.TwinName is not null))
        {
            var root = done[RemoteThingTemplate.TemplateName];
            var services = ServiceReflector.ServicesOf(part).Where(service => service.Twin != TwinRule.Absent).Select(remote.Twin);
            done[part.TwinName!] = new(part.TwinName!, $"The local stand-in for a {part.Name} on another server.", null, root,
                new(new(EntityKind.ThingTemplates, part.TwinName!), [root.Shape], new() { Services = [.. services], Events = [.. part.TwinEvents], Tables = [.. part.ConfigurationTables] }), part);
        }

        return done.ToFrozenDictionary(StringComparer.Ordinal);

        TemplateEntry Compile(BuiltInTemplate part)
        {
            if (done.TryGetValue(part.Name, out var entry))
                return entry;
            var parent = part.Base is null ? null : Compile(byName[part.Base]);
            entry = new(part.Name, part.Description, part, parent, new(
                new(EntityKind.ThingTemplates, part.Name), [parent?.Shape ?? _kinds[EntityKind.Things]], MembersOf(part, ServiceReflector.ServicesOf(part))), null);
            done.Add(part.Name, entry);
            return entry;
        }
    }

    private static PlainDefinition System(EntityKind kind, string name, string description) =>
        new(kind, name) { Description = description, IsSystemObject = true, Owner = Principals.SystemName };

    /// <summary>A template, compiled. One of the platform has a part; a user's, and one of the platform that is known as an entity, has a definition.</summary>
    private sealed record TemplateEntry(
        string Name, string Description, BuiltInTemplate? Part, TemplateEntry? Base, EntityShape Shape, BuiltInTemplate? Original, ThingTemplateDefinition? Definition = null);

    private sealed record ShapeEntry(ThingShapeDefinition Definition, EntityShape Shape);

    /// <summary>Compiles all templates anew, but for those whose definition and descent are the same as before.</summary>
    private sealed class TemplateCompiler(
        Catalogue before, Dictionary<string, ThingTemplateDefinition> definitions, ImmutableDictionary<string, ShapeEntry> shapes)
    {
        private readonly Dictionary<string, TemplateEntry> _done = new(StringComparer.Ordinal);
        private readonly HashSet<string> _under = new(StringComparer.Ordinal);

        public ImmutableDictionary<string, TemplateEntry> Compile()
        {
            foreach (var name in before._platform.Keys.Concat(definitions.Keys))
                Compile(name);
            return _done.ToImmutableDictionary(StringComparer.Ordinal);
        }

        private TemplateEntry Compile(string name)
        {
            if (_done.TryGetValue(name, out var done))
                return done;
            var platform = before._platform.GetValueOrDefault(name);
            var definition = definitions.GetValueOrDefault(name);
            if (platform is null && definition is null)
                throw Errors.Bad($"There is no Thing Template [{name}]; this server has {string.Join(", ", before._platform.Keys.Concat(definitions.Keys).Order(StringComparer.Ordinal))}.");
            if (!_under.Add(name))
                throw Errors.Bad($"Thing Template [{name}] would extend itself, by way of {string.Join(", ", _under.Where(one => one != name))}.");
            var parent = platform is null ? Compile(definition!.BaseThingTemplate) : platform.Base is null ? null : Compile(platform.Base.Name);
            var entry = Entry(name, platform, definition, parent);
            _under.Remove(name);
            return _done[name] = entry;
        }

        private TemplateEntry Entry(string name, TemplateEntry? platform, ThingTemplateDefinition? definition, TemplateEntry? parent)
        {
            var old = before._templates.GetValueOrDefault(name);
            var implemented = (definition?.ImplementedShapes ?? []).Select(shape => shapes.GetValueOrDefault(shape) ?? throw NoShape(shape)).ToList();
            if (old is not null && ReferenceEquals(old.Definition, definition) && ReferenceEquals(old.Base, parent)
                && implemented.TrueForAll(shape => before._shapes.GetValueOrDefault(shape.Definition.Name) == shape))
                return old;
            if (platform is null)
            {
                EntityShape[] bases = [.. implemented.Select(shape => shape.Shape), parent!.Shape];
                return new(name, definition!.Description, null, parent, new(definition.Key, [.. bases], before.MembersOf(definition, parent.Shape)), null, definition);
            }

            // What users say of a template of the platform (rights of its Things, rows of configuration) lies over it.
            var own = before._platform[name];
            var services = own.Shape;
            if (parent is not null && !ReferenceEquals(parent.Shape, own.Base!.Shape))
                services = services.Over(parent.Shape);
            var isPlain = definition is null or { InstancePermissions.IsEmpty: true, ConfigurationTables.IsEmpty: true };
            return own with
            {
                Base = parent, Definition = definition,
                Shape = isPlain ? services : new(definition!.Key, [services], new() { InstancePermissions = definition.InstancePermissions, Inheriting = definition }),
            };
        }
    }
}

/// <summary>Binds the services that users write.</summary>
public interface IUserServices
{
    /// <summary>The service ready to be called.</summary>
    BoundService Bind(MemberedDefinition owner, ScriptService service);
}

/// <summary>Makes the services of remote twins.</summary>
public interface IRemoteServices
{
    /// <summary>The twin's service for a local template's one.</summary>
    BoundService Twin(BoundService original);
}
