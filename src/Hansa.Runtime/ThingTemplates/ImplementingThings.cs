using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The Things made of a template, or that have a Thing Shape, found and queried (spec platform 3.7).</summary>
public sealed class ImplementingThings(EntityDirectory directory) : KindServices
{
    private static readonly FieldDefinition[] Head =
    [
        new("name", BaseType.THINGNAME), new("description", BaseType.STRING, Ordinal: 1), new("tags", BaseType.TAGS, Ordinal: 2),
        new("thingTemplate", BaseType.THINGTEMPLATENAME, Ordinal: 3),
    ];

    private static readonly string[] HeadNames = [.. Head.Select(field => field.Name)];

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.ThingTemplates or EntityKind.ThingShapes;

    [Service("Lists the Things of this template or shape.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable GetImplementingThings(ServiceContext call, int maxItems = (int)MaxItems.Default) => Find(call, maxItems, null, null, null, []);

    [Service("Lists the Things of this template or shape with the values of their properties.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable GetImplementingThingsWithData(ServiceContext call, int maxItems = (int)MaxItems.Default) => Find(call, maxItems, null, null, null, Data(call));

    [Service("Lists Things of this template or shape: by a mask of the name (* and ?), tags, and a query over properties.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable QueryImplementingThings(
        ServiceContext call, string? nameMask, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query, int maxItems = (int)MaxItems.Default) =>
        Find(call, maxItems, nameMask, tags, query, []);

    [Service("Lists Things as QueryImplementingThings does, with the values of all properties.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable QueryImplementingThingsWithData(
        ServiceContext call, string? nameMask, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query, int maxItems = (int)MaxItems.Default) =>
        Find(call, maxItems, nameMask, tags, query, Data(call));

    [Service("Lists Things as QueryImplementingThings does, with the values of the properties in rows of name.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable QueryImplementingThingsWithNamedData(
        ServiceContext call, string? nameMask, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query, InfoTable? propertyNames, int maxItems = (int)MaxItems.Default) =>
        Find(call, maxItems, nameMask, tags, query, Named(call, propertyNames));

    [Service("Lists Things as QueryImplementingThingsWithNamedData does; here all are equally quick.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable QueryImplementingThingsOptimized(
        ServiceContext call, string? nameMask, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query, InfoTable? propertyNames, int maxItems = (int)MaxItems.Default) =>
        Find(call, maxItems, nameMask, tags, query, Named(call, propertyNames));

    [Service("Lists Things as QueryImplementingThingsOptimized does, in a row with how many there are without maxItems.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable QueryImplementingThingsOptimizedWithTotalCount(
        ServiceContext call, string? nameMask, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query, InfoTable? propertyNames, int maxItems = (int)MaxItems.Default)
    {
        var all = Find(call, int.MaxValue, nameMask, tags, query, Named(call, propertyNames));
        return InfoTable.Single(("totalCount", BaseType.INTEGER, Value.Integer(all.RowCount)), ("rows", BaseType.INFOTABLE, Value.Table(First(all, all.Shape, maxItems))));
    }

    private InfoTable Find(ServiceContext call, int maxItems, string? nameMask, string? tags, string? query, IReadOnlyList<PropertyDefinition> shown)
    {
        maxItems = MaxItems.Check(maxItems);
        // What is filtered and sorted by must be in the table, also where it is not shown.
        var parsed = Query.Parse(query);
        var columns = parsed == Query.All ? shown : Data(call);
        var wanted = (tags ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var mask = string.IsNullOrEmpty(nameMask) ? null : TextPattern.Like(nameMask, isCaseSensitive: true);
        var builder = new InfoTable.Builder(ShapeOf(columns));
        foreach (var thing in Implementing(call.Target).OrderBy(thing => thing.Name, StringComparer.Ordinal))
        {
            if (!call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin) || mask?.IsMatch(thing.Name) is false
                || (wanted.Length > 0 && !thing.Definition.Tags.Split(';').Intersect(wanted).Any()))
                continue;
            var row = builder.AddRow();
            (row[0], row[1], row[2], row[3]) = (Value.Text(thing.Name, BaseType.THINGNAME), Value.String(thing.Definition.Description),
                Value.Text(thing.Definition.Tags, BaseType.TAGS), Value.Text(thing.Definition.ThingTemplate, BaseType.THINGTEMPLATENAME));
            for (var i = 0; i < columns.Count; i++)
            {
                if (call.Invoker.Gate.Allows(call.Caller, thing, Permission.PropertyRead, columns[i].Name, call.Call.Origin))
                    row[Head.Length + i] = thing.Properties.Read(columns[i].Name).Value;
            }
        }

        return First(parsed.Bind(builder.Shape).Run(builder.Build()), ShapeOf(shown), maxItems);
    }

    private static DataShape ShapeOf(IEnumerable<PropertyDefinition> properties) =>
        new(Head.Concat(properties.Select((property, place) => property.Field with { Ordinal = Head.Length + place })));

    private static InfoTable First(InfoTable rows, DataShape shape, int maxItems)
    {
        var builder = new InfoTable.Builder(shape);
        for (var i = 0; i < Math.Min(rows.RowCount, maxItems); i++)
        {
            var row = builder.AddRow();
            for (var column = 0; column < row.Length; column++)
                row[column] = rows[i, shape.Fields[column].Name];
        }

        return builder.Build();
    }

    private IEnumerable<Thing> Implementing(Entity target) => target.Key.Kind == EntityKind.ThingTemplates
        ? directory.Things.Where(thing => directory.Catalogue.Ancestry(thing.Definition.ThingTemplate).Contains(target.Name))
        : directory.Things.Where(thing => directory.Catalogue.ImplementedShapes(thing.Definition).Contains(target.Name));

    private static List<PropertyDefinition> Data(ServiceContext call) => [.. call.Members().Properties.Where(property => !HeadNames.Contains(property.Name))];

    private static List<PropertyDefinition> Named(ServiceContext call, InfoTable? names) => names is null ? Data(call)
        : [.. Enumerable.Range(0, names.RowCount).Select(i => names[i, "name"].ToString()).Where(name => !HeadNames.Contains(name)).Distinct(StringComparer.Ordinal)
            .Select(name => call.Members().FindProperty(name) ?? throw Errors.NoSuchProperty(name, call.Target.Key))];
}
