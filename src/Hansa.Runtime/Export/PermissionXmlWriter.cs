using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Permissions of an entity file: what <see cref="PermissionXml"/> reads back.</summary>
internal static class PermissionXmlWriter
{
    /// <summary>All permissions; with the prefix "Instance" those that a template has for its Things.</summary>
    public static IEnumerable<XElement?> Write(IEnumerable<PermissionEntry> permissions, string prefix)
    {
        var all = permissions.ToLookup(entry => entry.Permission switch
        {
            Permission.None => "Visibility",
            _ => PermissionEntries.IsRunTime(entry.Permission) ? "RunTime" : "DesignTime",
        });
        yield return XmlParts.List($"{prefix}VisibilityPermissions", all["Visibility"].Take(1).Select(_ => new XElement("Visibility", all["Visibility"].Select(Principal))));
        yield return XmlParts.List($"{prefix}DesignTimePermissions", Kinds(all["DesignTime"]));
        yield return XmlParts.List($"{prefix}RunTimePermissions", all["RunTime"].GroupBy(entry => entry.Resource).Select(resource =>
            new XElement("Permissions", XmlParts.Text("resourceName", resource.Key), Kinds(resource))));
    }

    private static IEnumerable<XElement> Kinds(IEnumerable<PermissionEntry> entries) =>
        entries.GroupBy(entry => entry.Permission).Select(kind => new XElement(kind.Key.ToString(), kind.Select(Principal)));

    private static XElement Principal(PermissionEntry entry) =>
        new("Principal", XmlParts.Text("name", entry.Principal), XmlParts.Text("type", entry.PrincipalKind.ToString()), XmlParts.Flag("isPermitted", entry.IsAllowed));
}
