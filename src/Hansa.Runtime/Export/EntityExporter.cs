using System.Text;
using System.Xml;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Writes entities as the file that <see cref="EntityImporter"/> reads (spec platform 6). No secret is in it.</summary>
public sealed class EntityExporter(EntityDirectory directory, Gate gate)
{
    // In the order of the files that users know; what is referred to stands before what refers to it where that is possible.
    private static readonly EntityKind[] Kinds =
    [
        EntityKind.Projects, EntityKind.ModelTags, EntityKind.DataTags, EntityKind.DataShapes, EntityKind.ThingShapes, EntityKind.ThingTemplates, EntityKind.Things, EntityKind.Networks,
        EntityKind.Users, EntityKind.Groups, EntityKind.Organizations, EntityKind.ApplicationKeys,
    ];

    /// <summary>The entities of users that a caller may read and that are asked for, in the order of a file.</summary>
    /// <param name="kind">Those of one kind; null for all.</param>
    /// <param name="projectName">Those of one project, and the project itself; "" for all.</param>
    /// <param name="tags">Those that have all these model tags; "" for all.</param>
    internal IReadOnlyList<Entity> Find(Principal caller, EntityKind? kind, string projectName, string tags, CallOrigin origin)
    {
        if (kind is { } one)
            CheckKind(one);
        var wanted = TagText.Normalize(tags) is { } normal ? normal.Split(';', StringSplitOptions.RemoveEmptyEntries) : throw Errors.Bad($"'{tags}' are no tags; write Vocabulary:Term;Vocabulary:Term.");
        return [.. Kinds.Where(each => kind is null || each == kind).SelectMany(directory.All).Where(entity =>
            !entity.Definition.IsSystemObject
            && (projectName.Length == 0 || entity.Definition.ProjectName == projectName || entity.Key == new EntityKey(EntityKind.Projects, projectName))
            && wanted.All(entity.Definition.Tags.Split(';').Contains)
            && gate.IsVisible(caller, entity, origin) && gate.Allows(caller, entity, Permission.Read, "", origin))];
    }

    /// <summary>An entity that is asked for by name.</summary>
    /// <exception cref="PlatformException">NotFound, Forbidden, or BadRequest for one that no file holds.</exception>
    internal Entity Get(Principal caller, EntityKey key, CallOrigin origin)
    {
        CheckKind(key.Kind);
        var entity = gate.Find(caller, key, origin);
        gate.Demand(caller, entity, Permission.Read, "", origin);
        return entity.Definition.IsSystemObject ? throw Errors.Bad($"{key.Kind.Singular()} [{key.Name}] is part of every server; a file need not hold it.") : entity;
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="PlatformException">BadRequest: an entity holds a character that XML cannot hold.</exception>
    internal static string Write(IEnumerable<Entity> entities)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new() { Indent = true, IndentChars = " ", NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize, OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("Entities");
            writer.WriteAttributeString("majorVersion", "9");
            writer.WriteAttributeString("minorVersion", "6");
            writer.WriteAttributeString("universal", "");
            foreach (var group in entities.GroupBy(entity => entity.Key.Kind).OrderBy(group => Array.IndexOf(Kinds, group.Key)))
            {
                writer.WriteStartElement(group.Key.ToString());
                foreach (var entity in group.OrderBy(entity => entity.Name, StringComparer.Ordinal))
                    Write(writer, entity.Key, EntityXmlWriter.Element(entity));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter writer, EntityKey key, XElement element)
    {
        try
        {
            element.WriteTo(writer);
        }
        catch (ArgumentException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"{key.Kind.Singular()} [{key.Name}] cannot be written as XML: {e.Message}", e);
        }
    }

    private static void CheckKind(EntityKind kind)
    {
        if (!Kinds.Contains(kind))
            throw Errors.Bad($"Files do not hold {kind}; they hold {string.Join(", ", Kinds)}.");
    }
}
