using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource SearchFunctions: finds entities (spec platform 5.6).</summary>
public sealed class SearchFunctionsResource(EntityDirectory directory) : Resource
{
    // spec platform 8.1, MaxSearchItems.
    private const double MostSearched = 100_000;

    private static readonly string[] Sorted = ["name", "description", "type", "parentName", "projectName", "lastModifiedDate"];

    /// <inheritdoc/>
    public override string Name => "SearchFunctions";

    /// <inheritdoc/>
    public override string Description => "Finds entities.";

    [Service("Finds entities of all types that the caller can see.", Category = "Search", ResultShape = "SpotlightSearch", Kind = CallKind.Read)]
    public InfoTable SpotlightSearch(
        ServiceContext call,
        [Parameter(Description = "A pattern for names: * stands for any text, ? for one character; without these it is sought anywhere. Case does not count.")] string? searchExpression,
        [Parameter(BaseType.JSON, Description = "Types, such as {\"items\":[\"Thing\"]}.")] string? types,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, [Parameter(BaseType.TAGS, Description = "Model tags, all of which are wanted.")] string? tags,
        [Parameter(BaseType.JSON, Description = "Thing Templates, such as {\"items\":[\"Stream\"]}.")] string? thingTemplates,
        [Parameter(BaseType.JSON, Description = "Aspects, such as {\"isSystemObject\":false}.")] string? aspects,
        [Parameter(BaseType.JSON, Description = "Aspects that are not wanted.")] string? excludedAspects,
        [Parameter(Description = "Changed then or later.")] DateTimeOffset? startDate, [Parameter(Description = "Changed then or earlier.")] DateTimeOffset? endDate,
        [Parameter(Description = "name, description, type, parentName, projectName or lastModifiedDate.")] string sortBy = "name", bool isAscending = true,
        [Parameter(Description = "Seeks in descriptions, too.")] bool searchDescriptions = true,
        [Parameter(Description = "Tells what the caller may do with each.")] bool withPermissions = false,
        double maxItems = MaxItems.Default, [Parameter(Description = "Looks at so many entities at most.")] double maxSearchItems = MostSearched)
    {
        if (!Sorted.Contains(sortBy))
            throw Errors.Bad($"'{sortBy}' is nothing to sort by; there are {string.Join(", ", Sorted)}.");
        var search = new EntitySearch
        {
            Expression = searchExpression, Types = types, ProjectName = projectName, Tags = tags, ThingTemplates = thingTemplates, WithAspects = aspects, WithoutAspects = excludedAspects,
            Since = startDate?.ToUnixTimeMilliseconds(), Until = endDate?.ToUnixTimeMilliseconds(), SearchesDescriptions = searchDescriptions,
        };
        var limit = (int)Math.Min(MostSearched, MaxItems.Check(maxSearchItems));
        var builder = new InfoTable.Builder(PlatformShapes.SpotlightSearch);
        foreach (var entity in search.Run(directory, entity => call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin), limit))
            Tell(call, entity, withPermissions, builder.AddRow());
        return new Query(null, [new(sortBy, isAscending, IsCaseSensitive: false)]).Bind(builder.Shape).Run(builder.Build(), MaxItems.Check(maxItems));
    }

    private static void Tell(ServiceContext call, Entity entity, bool withPermissions, Span<Value> row)
    {
        var definition = entity.Definition;
        var (parent, parentKind) = ParentOf(definition);
        Value[] cells =
        [
            Value.String(definition.Name), Value.String(definition.Description), Value.String(definition.Kind.Singular()), Value.String(parent),
            Value.String(parent.Length > 0 ? parentKind.Singular() : ""), Value.DateTime(definition.LastModified), Value.String(definition.Id.ToString()),
            Value.String(definition.ProjectName), Coercion.To(Value.String(definition.Tags), BaseType.TAGS, "tags"), Value.Boolean(definition.IsSystemObject), Value.Boolean(false),
            Value.Boolean(EntitySearch.IsEditable(definition)), May(Permission.Read), May(Permission.Update), May(Permission.Delete),
        ];
        cells.CopyTo(row);

        Value May(Permission permission) =>
            withPermissions ? Value.Boolean(call.Invoker.Gate.Allows(call.Caller, entity, permission, "", call.Call.Origin)) : default;
    }

    private static (string Name, EntityKind Kind) ParentOf(EntityDefinition definition) => definition switch
    {
        ThingDefinition thing => (thing.ThingTemplate, EntityKind.ThingTemplates),
        DataShapeDefinition shape => (shape.BaseDataShape, EntityKind.DataShapes),
        _ => ("", EntityKind.None),
    };
}
