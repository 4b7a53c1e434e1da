using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Hansa.Model;
using static Hansa.Runtime.XmlAttributes;

namespace Hansa.Runtime;

/// <summary>Entities as an XML file holds them (spec platform 6). Tolerant of what is unknown or left out, strict about what is wrong.</summary>
internal sealed class EntityXml
{
    private readonly List<ImportLine> _faults = [];
    private readonly List<ImportLine> _passedOver = [];
    private readonly List<EntityDefinition> _definitions = [];
    private readonly Dictionary<string, IReadOnlyList<StoredValue>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<EntityKey, int> _lines = [];

    private EntityXml()
    {
    }

    /// <summary>The entities in the file's order.</summary>
    public IReadOnlyList<EntityDefinition> Definitions => _definitions;

    /// <summary>Property values by Thing, not yet of their properties' types.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<StoredValue>> Values => _values;

    /// <summary>Keys of application keys, by name, as the file has them.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>What was passed over.</summary>
    public IReadOnlyList<ImportLine> PassedOver => _passedOver;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<ImportLine> Faults => _faults;

    /// <summary>What becomes of an entity, with its line in the file.</summary>
    public ImportLine Line(EntityDefinition definition, ImportOutcome outcome, string reason = "") =>
        new(_lines[definition.Key], definition.Kind.Singular(), definition.Name, outcome, reason);

    /// <summary>Reads a file; what cannot be read stands in <see cref="Faults"/>.</summary>
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
            result._faults.Add(new(0, "", "", ImportOutcome.Failed, $"The file is not XML: {e.Message}"));
        }

        return result;
    }

    private void Read(XElement root)
    {
        if (root.Name.LocalName != "Entities")
        {
            _faults.Add(new(0, "", "", ImportOutcome.Failed, $"The root element is <{root.Name.LocalName}>, not <Entities>."));
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
                var thing = MemberXml.Thing(element);
                ReadValues(element, thing.Name);
                Add(element, thing);
                break;
            case "ThingTemplates":
                Add(element, MemberXml.Template(element));
                break;
            case "ThingShapes":
                Add(element, MemberXml.Shape(element));
                break;
            case "Networks":
                Add(element, OtherXml.Network(element));
                break;
            case "Projects":
                Add(element, OtherXml.Project(element));
                break;
            case "ModelTags" or "DataTags":
                Add(element, OtherXml.Vocabulary(Enum.Parse<EntityKind>(collection), element));
                break;
            case "Groups":
                Add(element, OtherXml.Group(element));
                break;
            case "Organizations":
                Add(element, OtherXml.Organization(element));
                break;
            case "DataShapes":
                Add(element, new DataShapeDefinition(Name(element))
                {
                    BaseDataShape = Text(element, "baseDataShape"),
                    Fields = [.. element.Elements("FieldDefinitions").Elements("FieldDefinition").Select(MemberXml.Field)],
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
                _passedOver.Add(new(((IXmlLineInfo)element).LineNumber, collection, Text(element, "name"), ImportOutcome.PassedOver));
                break;
        }
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
        Permissions = [.. PermissionXml.Read(element, "")],
        ConfigurationTables = element.Elements("ConfigurationTables").Elements("ConfigurationTable")
            .ToImmutableSortedDictionary(Name, TableXml.Read, StringComparer.Ordinal),
    };

    // Read as they stand: whether the Thing has such properties is known once its template is.
    private void ReadValues(XElement element, string thing)
    {
        var values = new List<StoredValue>();
        foreach (var item in element.Elements("ThingProperties").Elements())
        {
            if (Time(item.Element("Timestamp")?.Value ?? "") is { } at and not 0)
                values.Add(new(item.Name.LocalName, TableXml.Content(item.Element("Value")), at, item.Element("Quality")?.Value ?? Vtq.Good));
        }

        if (values.Count > 0)
            _values[thing] = values;
    }

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
            _faults.Add(new(((IXmlLineInfo)element).LineNumber, element.Name.LocalName, Text(element, "name"), ImportOutcome.Failed, e.Message));
        }
    }
}

/// <summary>A property's value as a file holds it.</summary>
internal readonly record struct StoredValue(string Property, Value Value, long Time, string Quality);
