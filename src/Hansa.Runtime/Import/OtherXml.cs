using System.Xml.Linq;
using Hansa.Model;
using static Hansa.Runtime.XmlAttributes;

namespace Hansa.Runtime;

/// <summary>Networks, vocabularies, projects, groups and organizations in an entity file (spec platform 6.4).</summary>
internal static class OtherXml
{
    /// <summary>A network.</summary>
    public static NetworkDefinition Network(XElement element) => new(Name(element))
    {
        Connections = [.. element.Elements("Connections").Elements("Connection").Select(edge => new NetworkConnection(Text(edge, "from"), Text(edge, "to"), Text(edge, "connectionType")))],
    };

    /// <summary>A vocabulary of model or data tags.</summary>
    public static VocabularyDefinition Vocabulary(EntityKind kind, XElement element) => new(kind, Name(element))
    {
        IsDynamic = Flag(element, "isDynamic", false) || Flag(element, "dynamic", false),
        Terms = [.. element.Descendants("VocabularyTerm").Select(term => new VocabularyTerm(Name(term), Text(term, "description")))],
    };

    /// <summary>A project.</summary>
    public static ProjectDefinition Project(XElement element) => new(Name(element))
    {
        DependsOn = [.. Text(element, "dependsOn").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')[0])],
        PackageVersion = Text(element, "packageVersion") is { Length: > 0 } version ? version : "1.0.0",
    };

    /// <summary>A group with its members.</summary>
    public static GroupDefinition Group(XElement element) => new(Name(element)) { Members = [.. Members(element)] };

    /// <summary>An organization with its units: connections say which is under which, the root's is from "".</summary>
    public static OrganizationDefinition Organization(XElement element)
    {
        var parents = element.Elements("Connections").Elements("Connection").ToDictionary(edge => Text(edge, "to"), edge => Text(edge, "from"), StringComparer.Ordinal);
        return new(Name(element))
        {
            Units = [.. element.Elements("OrganizationalUnits").Elements("OrganizationalUnit").Select(unit =>
                new OrganizationalUnit(Name(unit), Text(unit, "description"), parents.GetValueOrDefault(Name(unit), ""), [.. Members(unit)]))],
        };
    }

    private static IEnumerable<Member> Members(XElement element) => element.Descendants("Member").Select(member =>
        new Member(Name(member), Text(member, "type") == "Group" ? PrincipalKind.Group : PrincipalKind.User));
}
