using System.Xml.Linq;
using Hansa.Model;
using static Hansa.Runtime.XmlAttributes;

namespace Hansa.Runtime;

/// <summary>Permissions in an entity file (spec platform 6.2).</summary>
internal static class PermissionXml
{
    /// <summary>All permissions; with the prefix "Instance" those that a template has for its Things.</summary>
    public static IEnumerable<PermissionEntry> Read(XElement element, string prefix)
    {
        foreach (var principal in element.Elements($"{prefix}VisibilityPermissions").Elements("Visibility").Elements("Principal"))
            yield return Entry(Permission.None, "", principal);
        foreach (var kind in element.Elements($"{prefix}DesignTimePermissions").Elements())
        {
            if (!Enum.TryParse<Permission>(kind.Name.LocalName, out var permission))
                continue;
            foreach (var principal in kind.Elements("Principal"))
                yield return Entry(permission, "", principal);
        }

        foreach (var resource in element.Elements($"{prefix}RunTimePermissions").Elements("Permissions"))
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
}
