using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>All that the platform itself brings, and the shapes compiled from it. Built once at start.</summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, TemplateEntry> _templates;
    private readonly FrozenDictionary<EntityKey, EntityShape> _named;
    private readonly FrozenDictionary<EntityKind, EntityShape> _kinds;
    private readonly IUserServices _userServices;

    /// <summary>Reads the services of all parts.</summary>
    public Catalogue(IEnumerable<BuiltIn> parts, IRemoteServices remote, IUserServices userServices)
    {
        _userServices = userServices;
        var all = parts.ToList();
        var common = all.OfType<KindServices>().ToList();
        _kinds = EntityKinds.All.Append(EntityKind.Collections).ToFrozenDictionary(kind => kind, kind => new EntityShape(
            null, common.Where(part => part.AppliesTo(kind)).SelectMany(ServiceReflector.ServicesOf), [], []));
        _named = all.Where(part => part is Resource or Subsystem).ToFrozenDictionary(
            part => part is Resource resource ? new EntityKey(EntityKind.Resources, resource.Name) : new(EntityKind.Subsystems, ((Subsystem)part).Name),
            part => new EntityShape(
                _kinds[part is Resource ? EntityKind.Resources : EntityKind.Subsystems], ServiceReflector.ServicesOf(part), part.Properties, part.Events, part.ConfigurationTables));
        _templates = CompileTemplates([.. all.OfType<BuiltInTemplate>()], remote);
        Parts = all;
    }

    /// <summary>All parts of the platform.</summary>
    public IReadOnlyList<BuiltIn> Parts { get; }

    /// <summary>Names of the templates that Things can be made of.</summary>
    public IEnumerable<string> TemplateNames => _templates.Keys.Order(StringComparer.Ordinal);

    /// <summary>The entities that every server has: its templates, resources, subsystems, logs and collections.</summary>
    public IEnumerable<EntityDefinition> Entities =>
    [
        .. _templates.Values.Select(entry => System(EntityKind.ThingTemplates, entry.Name, entry.Description)),
        .. Parts.OfType<Resource>().Select(part => System(EntityKind.Resources, part.Name, part.Description)),
        .. Parts.OfType<Subsystem>().Select(part => System(EntityKind.Subsystems, part.Name, part.Description)),
        .. EntityKinds.All.Select(kind => System(EntityKind.Collections, kind.ToString(), $"What is said of all {kind}.")),
        .. LogNames.All.Select(log => System(EntityKind.Logs, log.Name, log.Description)),
    ];

    /// <summary>What an entity of this definition can do.</summary>
    public EntityShape ShapeOf(EntityDefinition definition)
    {
        if (definition is not ThingDefinition thing)
            return _named.GetValueOrDefault(definition.Key) ?? _kinds[definition.Kind];
        var template = Template(thing.ThingTemplate).Shape;
        if (thing.Services.Length == 0 && thing.Properties.Length == 0 && thing.Events.Length == 0)
            return template;
        return new(template, thing.Services.Select(service => _userServices.Bind(thing, service)), thing.Properties, thing.Events);
    }

    /// <summary>Whether Things can be made of that template.</summary>
    public bool HasTemplate(string name) => _templates.ContainsKey(name);

    /// <summary>The shape that Things of this template begin with.</summary>
    public EntityShape TemplateShape(string name) => Template(name).Shape;

    /// <summary>The template itself and those it extends, nearest first.</summary>
    public IEnumerable<BuiltInTemplate> Lineage(string template)
    {
        for (var entry = Template(template); entry is not null; entry = entry.Base)
        {
            if (entry.Part is not null)
                yield return entry.Part;
        }
    }

    /// <summary>Whether Things of this template are proxies of Things elsewhere.</summary>
    public bool IsRemote(string template) => Lineage(template).Any(part => part.Name == RemoteThingTemplate.TemplateName);

    /// <summary>The Data Shape that a Thing names, null where its template knows none.</summary>
    public string? DataShapeNameOf(ThingDefinition thing) => (Template(thing.ThingTemplate).Original ?? Template(thing.ThingTemplate).Part)?.DataShapeNameOf(thing);

    /// <summary>The template of the Things that those of a twin template stand for; null for any other template.</summary>
    public BuiltInTemplate? TwinOf(string template) => Template(template).Original;

    /// <summary>The events that Things of a twin template have of the Thing that they stand for; none for any other template.</summary>
    public IEnumerable<EventDefinition> TwinEvents(string template) => Template(template).Original?.TwinEvents ?? [];

    private TemplateEntry Template(string name) => _templates.GetValueOrDefault(name)
        ?? throw Errors.Bad($"There is no Thing Template [{name}]; this server has {string.Join(", ", TemplateNames)}.");

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
                new(root.Shape, services, [], part.TwinEvents, part.ConfigurationTables), part);
        }

        return done.ToFrozenDictionary(StringComparer.Ordinal);

        TemplateEntry Compile(BuiltInTemplate part)
        {
            if (done.TryGetValue(part.Name, out var entry))
                return entry;
            var parent = part.Base is null ? null : Compile(byName[part.Base]);
            entry = new(part.Name, part.Description, part, parent, new(
                parent?.Shape ?? _kinds[EntityKind.Things], ServiceReflector.ServicesOf(part), part.Properties, part.Events, part.ConfigurationTables), null);
            done.Add(part.Name, entry);
            return entry;
        }
    }

    private static PlainDefinition System(EntityKind kind, string name, string description) =>
        new(kind, name) { Description = description, IsSystemObject = true, Owner = Principals.SystemName };

    private sealed record TemplateEntry(
        string Name, string Description, BuiltInTemplate? Part, TemplateEntry? Base, EntityShape Shape, BuiltInTemplate? Original);
}

/// <summary>Binds the services that users write.</summary>
public interface IUserServices
{
    /// <summary>The service ready to be called.</summary>
    BoundService Bind(ThingDefinition thing, ScriptService service);
}

/// <summary>Makes the services of remote twins.</summary>
public interface IRemoteServices
{
    /// <summary>The twin's service for a local template's one.</summary>
    BoundService Twin(BoundService original);
}
