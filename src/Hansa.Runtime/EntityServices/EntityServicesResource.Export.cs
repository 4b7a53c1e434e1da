using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Entities as a file that Importer reads.</content>
public sealed partial class EntityServicesResource
{
    [Service("Writes entities that the caller may read as a file that Importer reads: those of rows of type and name, or all of a collection, a project or tags. Secrets and stream rows are not in it.",
        Category = "Files", Result = BaseType.XML, Kind = CallKind.Read)]
    public string ExportEntities(
        ServiceContext call, [Parameter(Description = "Rows of type, such as Thing, and name.")] InfoTable? entities, [Parameter(Description = "A collection such as Things.")] string? collection,
        [Parameter(BaseType.PROJECTNAME, Description = "The entities of a project, and the project itself.")] string? projectName,
        [Parameter(BaseType.TAGS, Description = "Model tags, all of which are wanted.")] string? tags)
    {
        if (entities is null)
            return EntityExporter.Write(exporter.Find(call.Caller, string.IsNullOrEmpty(collection) ? null : EntityAddresses.Collection(collection), projectName ?? "", tags ?? "", call.Call.Origin));
        if (!string.IsNullOrEmpty(collection) || !string.IsNullOrEmpty(projectName) || !string.IsNullOrEmpty(tags))
            throw Errors.Bad("Entities are exported either by rows of type and name, or by collection, project and tags.");
        var keys = Enumerable.Range(0, entities.RowCount).Select(row => new EntityKey(EntityAddresses.Type(entities[row, "type"].ToString()), entities[row, "name"].ToString())).Distinct();
        return EntityExporter.Write([.. keys.Select(key => exporter.Get(call.Caller, key, call.Call.Origin))]);
    }
}
