using System.Text;
using Hansa.Model;
using Hansa.Runtime.Scripts;

namespace Hansa.Runtime;

/// <summary>Resource InfoTableFunctions: makes tables out of tables (spec platform 2.10). Open to every user. No table that is given changes.</summary>
public sealed partial class InfoTableFunctionsResource(DataShapes shapes, IScriptEngine engine, InfoTableOptions options) : Resource
{
    /// <inheritdoc/>
    public override string Name => "InfoTableFunctions";

    /// <inheritdoc/>
    public override string Description => "Makes, queries, joins and converts InfoTables.";

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

    [Service("Gives a copy of a table.", Category = "Creation", Kind = CallKind.Read)]
    public InfoTable Clone(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t1) => t1;

    [Service("Reads a table from JSON: an object with dataShape and rows, or an array of rows.", Category = "Conversion", Kind = CallKind.Read)]
    public InfoTable FromJSON(ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string json) =>
        InfoTableJson.Parse(Encoding.UTF8.GetBytes(json.AsSpan().TrimStart().StartsWith("[") ? $$"""{"rows":{{json}}}""" : json));

    [Service("Gives a table as JSON.", Category = "Conversion", Kind = CallKind.Read, Result = BaseType.JSON)]
    public string ToJSON(ServiceContext call, [Parameter(IsRequired = true)] InfoTable table) => InfoTableJson.ToText(table);

    [Service("Reads a table from XML as entity files have it: DataShape and Rows.", Category = "Conversion", Kind = CallKind.Read)]
    public InfoTable FromXML(ServiceContext call, [Parameter(BaseType.XML, IsRequired = true)] string xml) => InfoTableXml.Parse(xml, options);

    [Service("Gives a table with one field under another name.", Category = "Fields", Kind = CallKind.Read)]
    public InfoTable RenameField(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string from, [Parameter(IsRequired = true)] string to)
    {
        var column = Columns.One(t, from, "from");
        MemberNames.Check(to, "field");
        if (to != from && t.Shape.IndexOf(to) >= 0)
            throw Errors.Bad($"The table has a field '{to}' already.");
        return t.WithShape(new(t.Shape.Fields.SetItem(column, t.Shape.Fields[column] with { Name = to })));
    }

    [Service("Adds fields that JavaScript expressions work out of each row's fields; types, columns and expressions are lists with commas between.", Category = "Fields", Kind = CallKind.Read)]
    public async Task<InfoTable> DeriveFields(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string types, [Parameter(IsRequired = true)] string columns,
        [Parameter(IsRequired = true)] string expressions, CancellationToken cancellationToken)
    {
        var derived = DerivedFields.Read(t.Shape, types, columns, expressions);
        var table = new ResultTable(Columns.Shape(t.Shape.Fields.Concat(derived.Select(field => field.Field))), options);
        for (var i = 0; i < t.RowCount; i++)
            t.Row(i).CopyTo(table.AddRow());
        var result = await engine.EvaluateAsync(
            Name, nameof(DeriveFields), DerivedFields.Script(t.Shape, derived), [KeyValuePair.Create("$t", Value.Table(table.Build()))], cancellationToken);
        return result.AsTable() ?? throw Errors.Bad("The expressions left no table; they must not change $t or result.");
    }

    [Service("Moves each time of a field by so many milliseconds; before, where they are negative.", Category = "Time series", Kind = CallKind.Read)]
    public InfoTable TimeShift(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, string timestampField = "timestamp",
        [Parameter(Description = "Milliseconds.")] long shift = 0)
    {
        var column = Columns.Time(t, timestampField, "timestampField");
        var result = new InfoTable.Builder(t.Shape);
        for (var i = 0; i < t.RowCount; i++)
        {
            var row = result.AddRow();
            t.Row(i).CopyTo(row);
            var time = Coercion.To(row[column], BaseType.DATETIME, timestampField);
            if (time.IsNull)
                continue;
            var moved = (Int128)time.AsLong() + shift;
            row[column] = moved == (long)moved ? Value.DateTime((long)moved) : throw Errors.Bad($"Row {i + 1}: {time} moved by {shift} ms is no time any more.");
        }

        return result.Build();
    }
}
