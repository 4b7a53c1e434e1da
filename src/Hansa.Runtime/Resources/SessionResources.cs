using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource InfoTableFunctions: makes and queries tables. Open to every user.</summary>
public sealed class InfoTableFunctionsResource(DataShapes shapes) : Resource
{
    /// <inheritdoc/>
    public override string Name => "InfoTableFunctions";

    /// <inheritdoc/>
    public override string Description => "Makes and queries InfoTables.";

    [Service("Gives a table without fields.", Category = "Creation", Kind = CallKind.Read)]
    public InfoTable CreateInfoTable(ServiceContext call, string infoTableName = "InfoTable") => InfoTable.Empty;

    [Service("Gives an empty table of a Data Shape.", Category = "Creation", Kind = CallKind.Read)]
    public InfoTable CreateInfoTableFromDataShape(
        ServiceContext call, [Parameter(BaseType.DATASHAPENAME, IsRequired = true)] string dataShapeName, string infoTableName = "InfoTable")
    {
        if (PlatformShapes.Find(dataShapeName) is null || call.Invoker.Directory.Find(new(EntityKind.DataShapes, dataShapeName)) is not null)
            call.Find(EntityKind.DataShapes, dataShapeName);
        return new InfoTable.Builder(shapes.Find(dataShapeName)!).Build();
    }

    [Service("Gives the rows that a query asks for.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable Query(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(BaseType.QUERY)] string? query) =>
        Model.Query.Parse(query).Bind(t.Shape).Run(t);

    [Service("Gives the rows sorted by a column.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable Sort(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string sortColumn, bool ascending = true) =>
        new Query(null, [new(sortColumn, ascending, IsCaseSensitive: true)]).Bind(t.Shape).Run(t);
}
