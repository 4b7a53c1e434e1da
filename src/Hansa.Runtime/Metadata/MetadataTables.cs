using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Definitions as tables: aspects, parameters and result types are nested tables (spec platform 5.4, thing-services).</summary>
internal static class MetadataTables
{
    private static readonly DataShape PropertyShape = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("baseType", BaseType.STRING), ("ordinal", BaseType.INTEGER), ("category", BaseType.STRING),
        ("sourceName", BaseType.STRING), ("sourceType", BaseType.STRING), ("isPersistent", BaseType.BOOLEAN), ("isReadOnly", BaseType.BOOLEAN), ("isLocalOnly", BaseType.BOOLEAN),
        ("isLogged", BaseType.BOOLEAN), ("isIndexed", BaseType.BOOLEAN), ("isExternallyRouted", BaseType.BOOLEAN), ("aspects", BaseType.INFOTABLE));

    private static readonly DataShape ServiceShape = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("aspects", BaseType.INFOTABLE), ("sourceName", BaseType.STRING), ("sourceType", BaseType.STRING),
        ("category", BaseType.STRING), ("isLocalOnly", BaseType.BOOLEAN), ("isPrivate", BaseType.BOOLEAN), ("isAllowOverride", BaseType.BOOLEAN),
        ("resultType", BaseType.INFOTABLE), ("parameterDefinitions", BaseType.INFOTABLE), ("isRelayed", BaseType.BOOLEAN));

    private static readonly DataShape EventShape = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("aspects", BaseType.INFOTABLE), ("sourceName", BaseType.STRING), ("sourceType", BaseType.STRING),
        ("category", BaseType.STRING), ("dataShape", BaseType.STRING));

    private static readonly DataShape FieldShape = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("baseType", BaseType.STRING), ("ordinal", BaseType.INTEGER), ("aspects", BaseType.INFOTABLE));

    private static readonly DataShape MetadataShape = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("type", BaseType.STRING),
        ("propertyDefinitions", BaseType.INFOTABLE), ("serviceDefinitions", BaseType.INFOTABLE), ("eventDefinitions", BaseType.INFOTABLE));

    /// <summary>Everything in one row.</summary>
    public static InfoTable Metadata(Entity entity, EntityShape members)
    {
        var builder = new InfoTable.Builder(MetadataShape);
        builder.Add(
            Value.String(entity.Name), Value.String(entity.Definition.Description), Value.String(entity.Key.Kind.Singular()),
            Value.Table(Properties(members)), Value.Table(Services(members, _ => true)), Value.Table(Events(members, _ => true)));
        return builder.Build();
    }

    /// <summary>Services that a condition admits, by name.</summary>
    public static InfoTable Services(EntityShape members, Func<ServiceDefinition, bool> isWanted)
    {
        var builder = new InfoTable.Builder(ServiceShape);
        foreach (var service in members.Services.Select(service => service.Definition).Where(isWanted).OrderBy(service => service.Name, StringComparer.Ordinal))
        {
            var source = members.SourceOfService(service.Name);
            builder.Add(
                Value.String(service.Name), Value.String(service.Description), Value.Table(OfAspects(service.IsAsync ? service.Aspects.With("isAsync", Value.Boolean(true)) : service.Aspects)),
                Value.String(source.Name), Value.String(source.Kind.Singular()), Value.String(service.Category), Value.Boolean(service.IsLocalOnly),
                Value.Boolean(service.IsPrivate), Value.Boolean(service.IsAllowOverride), Value.Table(Fields([service.Result])), Value.Table(Fields(service.Parameters)), Value.Boolean(service.IsRelayed));
        }

        return builder.Build();
    }

    /// <summary>Events that a condition admits.</summary>
    public static InfoTable Events(EntityShape members, Func<EventDefinition, bool> isWanted)
    {
        var builder = new InfoTable.Builder(EventShape);
        foreach (var happening in members.Events.Where(isWanted).OrderBy(happening => happening.Name, StringComparer.Ordinal))
        {
            var source = members.SourceOfEvent(happening.Name);
            builder.Add(
                Value.String(happening.Name), Value.String(happening.Description), Value.Table(OfAspects(Aspects.None)), Value.String(source.Name),
                Value.String(source.Kind.Singular()), Value.String(happening.Category), Value.String(happening.DataShapeName));
        }

        return builder.Build();
    }

    private static InfoTable Properties(EntityShape members)
    {
        var builder = new InfoTable.Builder(PropertyShape);
        foreach (var property in members.Properties)
        {
            var source = members.SourceOfProperty(property.Name);
            builder.Add(
                Value.String(property.Name), Value.String(property.Field.Description), Value.String(property.BaseType.Name()), Value.Integer(property.Field.Ordinal),
                Value.String(property.Category), Value.String(source.Name), Value.String(source.Kind.Singular()), Value.Boolean(property.IsPersistent),
                Value.Boolean(property.IsReadOnly), Value.Boolean(property.IsLocalOnly), Value.Boolean(property.IsLogged),
                Value.Boolean(property.Field.Aspects.Is("isIndexed")), Value.Boolean(false), Value.Table(OfAspects(property.Field.Aspects)));
        }

        return builder.Build();
    }

    private static InfoTable Fields(IEnumerable<FieldDefinition> fields)
    {
        var builder = new InfoTable.Builder(FieldShape);
        foreach (var field in fields)
        {
            builder.Add(
                Value.String(field.Name), Value.String(field.Description), Value.String(field.BaseType.Name()), Value.Integer(field.Ordinal), Value.Table(OfAspects(field.Aspects)));
        }

        return builder.Build();
    }

    // One row with a column for each aspect.
    private static InfoTable OfAspects(Aspects aspects)
    {
        var builder = new InfoTable.Builder(new(aspects.Select((aspect, ordinal) => new FieldDefinition(aspect.Key, aspect.Value.BaseType, Ordinal: ordinal))));
        var row = builder.AddRow();
        var at = 0;
        foreach (var (_, value) in aspects)
            row[at++] = value;
        return builder.Build();
    }
}
