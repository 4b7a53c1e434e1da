using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Entities as an XML file holds them (spec platform 6). Tolerant of what is unknown or left out, strict about what is wrong.</summary>
internal sealed class EntityXml
{
    private readonly List<string> _faults = [];
    private readonly List<string> _notes = [];
    private readonly List<EntityDefinition> _definitions = [];
    private readonly List<(string Thing, IReadOnlyList<(string Property, Vtq Value)> Values)> _values = [];
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityKey, int> _lines = [];

    private EntityXml()
    {
    }

    /// <summary>The entities in the file's order.</summary>
    public IReadOnlyList<EntityDefinition> Definitions => _definitions;

    /// <summary>Property values by Thing.</summary>
    public IReadOnlyList<(string Thing, IReadOnlyList<(string Property, Vtq Value)> Values)> Values => _values;

    /// <summary>Keys of application keys, by name, as the file has them.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>What was passed over.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What is wrong with an entity, with its line in the file.</summary>
    public string Fault(EntityDefinition definition, string reason) => $"Line {_lines[definition.Key]}: {definition.Kind.Singular()} [{definition.Name}]: {reason}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="PlatformException">BadRequest that lists every fault.</exception>
    public static EntityXml Read(Stream file)
    {
        var result = new EntityXml();
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            result.Read(XDocument.Load(reader, LoadOptions.SetLineInfo).Root!);
        }
        catch (XmlException e)
        {
            throw Errors.Bad($"The file is not XML: {e.Message}");
        }

        return result._faults.Count == 0 ? result : throw Errors.Bad($"The file cannot be imported; nothing was changed.\n{string.Join('\n', result._faults)}");
    }

    private void Read(XElement root)
    {
        if (root.Name.LocalName != "Entities")
        {
            _faults.Add($"The root element is <{root.Name.LocalName}>, not <Entities>.");
            return;
        }

        foreach (var collection in root.Elements())
        {
            foreach (var element in collection.Elements())
                Try(element, () => ReadEntity(collection.Name.LocalName, element));
        }
    }

    private void ReadEntity(string collection, XElement element)
    {
        switch (collection)
        {
            case "Things":
                Add(element, ReadThing(element));
                break;
            case "DataShapes":
                Add(element, new DataShapeDefinition(Name(element))
                {
                    BaseDataShape = Text(element, "baseDataShape"),
                    Fields = [.. element.Elements("FieldDefinitions").Elements("FieldDefinition").Select(Field)],
                });
                break;
            case "Users":
                Add(element, new UserDefinition(Name(element)) { IsEnabled = Flag(element, "enabled", true), IsLocked = Flag(element, "locked", false) });
                break;
            case "ApplicationKeys":
                Add(element, new ApplicationKeyDefinition(Name(element))
                {
                    UserName = Text(element, "userNameReference"),
                    ClientName = Text(element, "clientName"),
                    IpWhitelist = Authenticator.CheckAddresses(Text(element, "ipWhitelist")),
                    ExpirationDate = Time(Text(element, "expirationDate")) ?? 0,
                });
                if (Text(element, "keyId") is { Length: > 0 } key)
                    _keys[Name(element)] = key;
                break;
            default:
                _notes.Add($"{collection} [{Text(element, "name")}] was passed over: this server does not keep {collection} yet.");
                break;
        }
    }

    private ThingDefinition ReadThing(XElement element)
    {
        var shape = element.Element("ThingShape");
        var thing = new ThingDefinition(Name(element), Text(element, "thingTemplate") is { Length: > 0 } template ? template : GenericThingTemplate.TemplateName)
        {
            IsEnabled = Flag(element, "enabled", true),
            IsPublished = Flag(element, "published", false),
            Identifier = Text(element, "identifier"),
            ValueStream = Text(element, "valueStream"),
            Properties = [.. (shape?.Elements("PropertyDefinitions").Elements("PropertyDefinition") ?? []).Select(Property)],
            Services = [.. Services(shape, [.. element.Elements("RemoteServiceBindings").Elements("RemoteServiceBinding").Select(Name)])],
            Events = [.. (shape?.Elements("EventDefinitions").Elements("EventDefinition") ?? []).Select(e =>
                new EventDefinition(Name(e), Text(e, "dataShape"), Text(e, "description"), Text(e, "category")))],
            Subscriptions = [.. (shape?.Elements("Subscriptions").Elements("Subscription") ?? []).Select(Subscription)],
            PropertyBindings = [.. element.Elements("PropertyBindings").Elements().Select(BindingXml.Local)],
            RemotePropertyBindings = [.. element.Elements("RemotePropertyBindings").Elements().Select(binding => BindingXml.Property(binding, shape))],
            RemoteServiceBindings = [.. element.Elements("RemoteServiceBindings").Elements().Select(BindingXml.Service)],
            RemoteEventBindings = [.. element.Elements("RemoteEventBindings").Elements().Select(BindingXml.Event)],
        };
        NoneTwice("property", thing.Properties.Select(property => property.Name));
        NoneTwice("service", thing.Services.Select(service => service.Definition.Name));
        NoneTwice("event", thing.Events.Select(happening => happening.Name));
        NoneTwice("subscription", thing.Subscriptions.Select(subscription => subscription.Name));
        NoneTwice("binding of property", thing.PropertyBindings.Select(binding => binding.Property).Concat(thing.RemotePropertyBindings.Select(binding => binding.Property)));
        ReadValues(element, thing);
        return thing;
    }

    private void Add(XElement element, EntityDefinition definition)
    {
        if (!_lines.TryAdd(definition.Key, ((IXmlLineInfo)element).LineNumber))
            throw new FormatException($"it is in the file already, in line {_lines[definition.Key]}");
        EntityNames.Check(definition.Key);
        _definitions.Add(Complete(element, definition));
    }

    private static EntityDefinition Complete(XElement element, EntityDefinition definition) => definition with
    {
        Description = Text(element, "description"),
        DocumentationContent = Text(element, "documentationContent"),
        HomeMashup = Text(element, "homeMashup"),
        ProjectName = Text(element, "projectName"),
        Tags = TagText.Normalize(Text(element, "tags")) ?? throw new FormatException("its tags are not Vocabulary:Term;Vocabulary:Term"),
        Owner = element.Element("Owner")?.Attribute("name")?.Value ?? "",
        Permissions = [.. Permissions(element)],
        ConfigurationTables = element.Elements("ConfigurationTables").Elements("ConfigurationTable")
            .ToImmutableSortedDictionary(Name, Table, StringComparer.Ordinal),
    };

    private static void NoneTwice(string what, IEnumerable<string> names)
    {
        if (names.CountBy(name => name).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice)
            throw new FormatException($"{what} [{twice.Key}] is there {twice.Value} times");
    }

    private static PropertyDefinition Property(XElement element) => new(Field(element))
    {
        Category = Text(element, "category"),
        IsLocalOnly = Flag(element, "isLocalOnly", false),
    };

    private static FieldDefinition Field(XElement element)
    {
        var name = Name(element);
        MemberNames.Check(name, "field");
        var type = BaseTypes.Parse(Text(element, "baseType"));
        var aspects = new List<KeyValuePair<string, Value>>();
        foreach (var attribute in element.Attributes().Where(a => a.Name.LocalName.StartsWith("aspect.", StringComparison.Ordinal)))
            aspects.Add(new(attribute.Name.LocalName["aspect.".Length..], Aspect(attribute.Name.LocalName["aspect.".Length..], attribute.Value, type)));
        return type == BaseType.PASSWORD && aspects.Exists(aspect => aspect.Key == "defaultValue" && aspect.Value.ToString().Length > 0)
            ? throw new FormatException($"[{name}] is a PASSWORD: a default value would be readable by all who see the definition")
            : new(name, type, Text(element, "description"), Number(element, "ordinal")) { Aspects = new(aspects) };
    }

    private static Value Aspect(string name, string text, BaseType type) => name switch
    {
        "defaultValue" or "minimumValue" or "maximumValue" => Coercion.To(Value.String(text), type, name),
        _ when text is "true" or "false" => Value.Boolean(text == "true"),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Value.Number(number),
        _ => Value.String(text),
    };

    private static IEnumerable<ScriptService> Services(XElement? shape, HashSet<string> remote)
    {
        var code = (shape?.Elements("ServiceImplementations").Elements("ServiceImplementation") ?? []).ToDictionary(Name, Code, StringComparer.Ordinal);
        foreach (var element in shape?.Elements("ServiceDefinitions").Elements("ServiceDefinition") ?? [])
        {
            var name = Name(element);
            MemberNames.Check(name, "service");
            var result = element.Element("ResultType");
            yield return new(
                new(name, [.. element.Elements("ParameterDefinitions").Elements("FieldDefinition").Select(Field)],
                    result is null ? new("result", BaseType.NOTHING) : Field(result) with { Name = "result" })
                {
                    Description = Text(element, "description"),
                    Category = Text(element, "category"),
                    IsAsync = Flag(element, "aspect.isAsync", false),
                    IsLocalOnly = Flag(element, "isLocalOnly", false),
                    IsPrivate = Flag(element, "isPrivate", false),
                    IsAllowOverride = Flag(element, "isAllowOverride", false),
                },
                code.TryGetValue(name, out var source) ? source : remote.Contains(name) ? "" : throw new FormatException($"service [{name}] has no implementation"));
        }
    }

    private static SubscriptionDefinition Subscription(XElement element)
    {
        var implementation = element.Element("ServiceImplementation") ?? throw new FormatException("a subscription has no implementation");
        var name = Text(element, "name") is { Length: > 0 } own ? own : Name(implementation);
        return new(name, Text(element, "eventName"), Text(element, "source"), Text(element, "sourceProperty"), Code(implementation))
        {
            IsEnabled = Flag(element, "enabled", true),
            Description = Text(element, "description"),
        };
    }

    private static string Code(XElement implementation)
    {
        var handler = Text(implementation, "handlerName");
        return handler is "Script" or ""
            ? implementation.Descendants("code").FirstOrDefault()?.Value ?? ""
            : throw new FormatException($"service [{Name(implementation)}] is of handler {handler}; this server runs Script services");
    }

    private static InfoTable Table(XElement element)
    {
        var rows = element.Elements("Rows").Elements("Row").ToList();
        var declared = element.Elements("DataShape").Elements("FieldDefinitions").Elements("FieldDefinition").Select(Field).ToList();
        var names = declared.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in rows.Elements().Select(cell => cell.Name.LocalName))
        {
            if (names.Add(name))
                declared.Add(new(name, BaseType.STRING, Ordinal: declared.Count));
        }

        var builder = new InfoTable.Builder(new(declared));
        foreach (var row in rows)
        {
            var cells = builder.AddRow();
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Coercion.To(Value.String(row.Element(declared[i].Name)?.Value), declared[i].BaseType, declared[i].Name);
        }

        return builder.Build();
    }

    private static IEnumerable<PermissionEntry> Permissions(XElement element)
    {
        foreach (var principal in element.Elements("VisibilityPermissions").Elements("Visibility").Elements("Principal"))
            yield return Entry(Permission.None, "", principal);
        foreach (var kind in element.Elements("DesignTimePermissions").Elements())
        {
            if (!Enum.TryParse<Permission>(kind.Name.LocalName, out var permission))
                continue;
            foreach (var principal in kind.Elements("Principal"))
                yield return Entry(permission, "", principal);
        }

        foreach (var resource in element.Elements("RunTimePermissions").Elements("Permissions"))
        {
            foreach (var kind in resource.Elements())
            {
                foreach (var principal in kind.Elements("Principal"))
                    yield return Entry(Enum.Parse<Permission>(kind.Name.LocalName), Text(resource, "resourceName"), principal);
            }
        }
    }

    private static PermissionEntry Entry(Permission permission, string resource, XElement principal) => new(
        permission, resource, Name(principal),
        Enum.TryParse<PrincipalKind>(Text(principal, "type"), out var kind) ? kind : throw new FormatException($"'{Text(principal, "type")}' is no type of principal"),
        Flag(principal, "isPermitted", true));

    private void ReadValues(XElement element, ThingDefinition thing)
    {
        var values = new List<(string, Vtq)>();
        foreach (var item in element.Elements("ThingProperties").Elements())
        {
            var definition = thing.Properties.FirstOrDefault(p => p.Name == item.Name.LocalName);
            var at = Time(item.Element("Timestamp")?.Value ?? "") ?? 0;
            if (definition is null || at == 0)
                continue;
            var value = Coercion.To(Content(item.Element("Value")), definition.BaseType, definition.Name);
            values.Add((definition.Name, new(definition.CheckRange(value), at, item.Element("Quality")?.Value ?? Vtq.Good)));
        }

        if (values.Count > 0)
            _values.Add((thing.Name, values));
    }

    private static Value Content(XElement? value) => value?.Element("infoTable") is { } table ? Value.Table(Table(table)) : Value.String(value?.Value);

    private static long? Time(string text) => text.Length == 0 ? null
        : Coercion.ParseDateTime(text) ?? throw new FormatException($"'{text}' is no time; write it as 2030-01-31T00:00:00.000Z");

    private void Try(XElement element, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is PlatformException or FormatException or ArgumentException)
        {
            _faults.Add($"Line {((IXmlLineInfo)element).LineNumber}: {element.Name.LocalName} [{Text(element, "name")}]: {e.Message}");
        }
    }

    private static string Name(XElement element) => element.Attribute("name")?.Value is { Length: > 0 } name
        ? name
        : throw new FormatException($"<{element.Name.LocalName}> has no name");

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    private static int Number(XElement element, string attribute) =>
        int.TryParse(Text(element, attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool Flag(XElement element, string attribute, bool otherwise) => element.Attribute(attribute)?.Value is { Length: > 0 } text
        ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase)
        : otherwise;
}
