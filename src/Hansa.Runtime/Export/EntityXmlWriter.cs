using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>One entity as an element of an entity file: what <see cref="EntityXml"/> reads back.</summary>
internal static class EntityXmlWriter
{
    /// <summary>The element.</summary>
    public static XElement Element(Entity entity)
    {
        var definition = entity.Definition;
        var element = new XElement(
            definition.Kind.Singular(), XmlParts.Text("name", definition.Name), XmlParts.Text("description", definition.Description), XmlParts.Text("documentationContent", definition.DocumentationContent),
            XmlParts.Text("homeMashup", definition.HomeMashup), XmlParts.Text("projectName", definition.ProjectName), XmlParts.Text("tags", definition.Tags));
        element.Add(Own(definition));
        if (definition.Owner.Length > 0)
            element.Add(new XElement("Owner", XmlParts.Text("name", definition.Owner), XmlParts.Text("type", "User")));
        element.Add(PermissionXmlWriter.Write(definition.Permissions, ""));
        element.Add(XmlParts.List("ConfigurationTables", definition.ConfigurationTables.Select(table => new XElement(
            "ConfigurationTable", XmlParts.Text("name", table.Key), TableXmlWriter.Content(ConfigurationSecrets.Without(table.Value))))));
        if (entity is Thing thing)
            element.Add(XmlParts.List("ThingProperties", Values(thing)));
        return element;
    }

    private static IEnumerable<object?> Own(EntityDefinition definition) => definition switch
    {
        InheritingDefinition heir => MemberXmlWriter.Inheriting(heir),
        ThingShapeDefinition shape => MemberXmlWriter.Members(shape),
        DataShapeDefinition shape => [XmlParts.Text("baseDataShape", shape.BaseDataShape), XmlParts.List("FieldDefinitions", shape.Fields.Select(field => XmlParts.Field("FieldDefinition", field)))],
        NetworkDefinition network => [XmlParts.List("Connections", network.Connections.Select(edge => new XElement(
            "Connection", XmlParts.Text("from", edge.From), XmlParts.Text("to", edge.To), XmlParts.Text("connectionType", edge.ConnectionType))))],
        ProjectDefinition project => [XmlParts.Text("dependsOn", string.Join(',', project.DependsOn)), XmlParts.Text("packageVersion", project.PackageVersion)],
        VocabularyDefinition vocabulary => [XmlParts.Flag("isDynamic", vocabulary.IsDynamic), XmlParts.List("VocabularyTerms", vocabulary.Terms.Select(term => new XElement(
            "VocabularyTerm", XmlParts.Text("name", term.Name), XmlParts.Text("description", term.Description))))],
        UserDefinition user => [XmlParts.Flag("enabled", user.IsEnabled), XmlParts.Flag("locked", user.IsLocked)],
        GroupDefinition group => [XmlParts.List("Members", Members(group.Members))],
        OrganizationDefinition organization =>
        [
            XmlParts.List("Connections", organization.Units.Select(unit => new XElement("Connection", XmlParts.Text("from", unit.Parent), XmlParts.Text("to", unit.Name)))),
            XmlParts.List("OrganizationalUnits", organization.Units.Select(unit => new XElement(
                "OrganizationalUnit", XmlParts.Text("name", unit.Name), XmlParts.Text("description", unit.Description), XmlParts.List("Members", Members(unit.Members))))),
        ],
        ApplicationKeyDefinition key =>
        [
            XmlParts.Text("userNameReference", key.UserName), XmlParts.Text("clientName", key.ClientName), XmlParts.Text("ipWhitelist", key.IpWhitelist),
            XmlParts.Text("expirationDate", key.ExpirationDate == 0 ? "" : Coercion.FormatDateTime(key.ExpirationDate)),
        ],
        _ => [],
    };

    private static IEnumerable<XElement> Members(IEnumerable<Member> members) =>
        members.Select(member => new XElement("Member", XmlParts.Text("name", member.Name), XmlParts.Text("type", member.Kind.ToString())));

    // Values that outlive a restart; a secret is none that a file may tell, and a name that is no name of an element cannot be written.
    private static IEnumerable<XElement> Values(Thing thing)
    {
        foreach (var property in thing.Shape.Properties.Where(property => property.IsPersistent && !property.IsBuiltIn && property.BaseType != BaseType.PASSWORD && TableXmlWriter.IsName(property.Name)))
        {
            var value = thing.Properties.Read(property);
            if (value.Time == 0)
                continue;
            yield return new(
                property.Name, new XElement("Value", TableXmlWriter.Cell(value.Value)), new XElement("Timestamp", Coercion.FormatDateTime(value.Time)), new XElement("Quality", value.Quality));
        }
    }
}
