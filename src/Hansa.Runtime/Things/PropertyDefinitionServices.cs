using System.Globalization;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Definitions of a Thing's properties (spec platform 3.3).</summary>
public sealed class PropertyDefinitionServices(EntityDirectory directory) : KindServices
{
    private static readonly DataShape NotAdded = DataShape.Of(("name", BaseType.STRING), ("reason", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => MemberEdits.HasMembers(kind);

    [Service("Adds a property; with remote one that has its value from the remote end. timeout is in seconds; remoteBindingAspects may hold cacheTime, startType and isFolded.",
        Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddPropertyDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type,
        string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape, bool? readOnly, bool? persistent, bool? logged, bool? indexed,
        string? dataChangeType, double? dataChangeThreshold, bool? remote, string? remotePropertyName, int? timeout, string? pushType,
        double? pushThreshold, string? defaultValue, [Parameter(BaseType.JSON)] string? remoteBindingAspects, [Parameter(BaseType.JSON)] string? accessModifier,
        [Parameter(BaseType.JSON)] string? iotStreams, CancellationToken cancellationToken)
    {
        var property = Define(new(name, type, dataChangeType, dataChangeThreshold, defaultValue)
        {
            Description = description, Category = category, DataShape = dataShape, IsReadOnly = readOnly is true, IsPersistent = persistent is true,
            IsLogged = logged is true, IsIndexed = indexed is true,
        });
        var binding = remote is true ? Bind(call, name, remotePropertyName, timeout, pushType, pushThreshold, remoteBindingAspects) : null;
        return Edit(call, thing => Add(call, thing, property, binding), cancellationToken);
    }

    [Service("Adds properties: rows whose fields are the parameters of AddPropertyDefinition. All or none, unless invalid ones are to be ignored; gives those with the reason.",
        Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task<InfoTable> AddPropertyDefinitions(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable values, CancellationToken cancellationToken, bool ignoreInvalidDefinitions = false)
    {
        var faults = new List<(string Name, string Reason)>();
        await Edit(call, thing =>
        {
            faults.Clear();
            var edited = thing;
            for (var i = 0; i < values.RowCount; i++)
            {
                try
                {
                    edited = Add(call, edited, Define(PropertyRow.Read(values, i)), BindingOf(call, values, i));
                }
                catch (PlatformException e)
                {
                    faults.Add((values[i, "name"].ToString(), e.Message));
                }
            }

            return faults.Count == 0 || ignoreInvalidDefinitions
                ? edited
                : throw Errors.Bad($"No property was added.\n{string.Join('\n', faults.Select(fault => fault.Reason))}");
        }, cancellationToken);
        var builder = new InfoTable.Builder(NotAdded);
        foreach (var (name, reason) in faults)
            builder.Add(Value.String(name), Value.String(reason));
        return builder.Build();
    }

    [Service("Adds a property, or changes one of the entity's own: what is not said is as of a new one. Its type stays. minimumValue and maximumValue are for numbers.",
        Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddOrUpdatePropertyDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type,
        string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape, bool? readOnly, bool? persistent, bool? logged, bool? indexed,
        string? dataChangeType, double? dataChangeThreshold, string? defaultValue, string? units, double? minimumValue, double? maximumValue, CancellationToken cancellationToken)
    {
        var property = Define(new(name, type, dataChangeType, dataChangeThreshold, defaultValue)
        {
            Description = description, Category = category, DataShape = dataShape, IsReadOnly = readOnly is true, IsPersistent = persistent is true,
            IsLogged = logged is true, IsIndexed = indexed is true, Units = units, Minimum = minimumValue, Maximum = maximumValue,
        });
        return Edit(call, owner =>
        {
            if (owner.Properties.FirstOrDefault(have => have.Name == name) is not { } known)
                return Add(call, owner, property, null);
            if (known.BaseType != property.BaseType)
                throw new PlatformException(ErrorCode.Conflict, $"Property [{name}] of {owner.Kind.Singular()} [{owner.Name}] is {known.BaseType.Name()} and stays so; remove it to add one of type {property.BaseType.Name()}.");
            var changed = property with { Field = property.Field with { Ordinal = known.Field.Ordinal }, IsLocalOnly = known.IsLocalOnly };
            return owner with { Properties = owner.Properties.Replace(known, changed) };
        }, cancellationToken);
    }

    [Service("Not supported: property transforms do not run here; use a subscription to DataChange.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public void AddPropertyTransformDefinition(
        ServiceContext call, string? name, string? description, string? category, bool? persistent, bool? logged, int? timeout, InfoTable? propertyTransformConfig) =>
        throw new PlatformException(ErrorCode.NotSupported, "Property transforms do not run on this server. Compute the value in a subscription to DataChange of the source property.");

    [Service("Takes a property of the Thing's own away, with its value.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemovePropertyDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Edit(call, current =>
        {
            if (current.Properties.All(p => p.Name != name))
                throw Errors.NoSuchProperty(name, current.Key);
            var edited = current with { Properties = current.Properties.RemoveAll(p => p.Name == name) };
            return edited is InheritingDefinition heir ? Without(heir, name) : edited;
        }, cancellationToken);

    [Service("Lists the definitions of properties, of a category, type or Data Shape where one is named.", Category = "Metadata",
        Requires = Permission.Read, ResultShape = "PropertyDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPropertyDefinitions(
        ServiceContext call, string? category, [Parameter(BaseType.BASETYPENAME)] string? type, [Parameter(BaseType.DATASHAPENAME)] string? dataShape)
    {
        return Rows(call.Members().Properties.Where(property =>
            (string.IsNullOrEmpty(category) || property.Category == category) && (string.IsNullOrEmpty(type) || property.BaseType.Name() == type)
            && (string.IsNullOrEmpty(dataShape) || property.Field.DataShapeName == dataShape)));
    }

    [Service("Gives the definition of a property.", Category = "Metadata", Requires = Permission.Read, ResultShape = "PropertyDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPropertyDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name) =>
        Rows([call.Members().FindProperty(name) ?? throw Errors.NoSuchProperty(name, call.Target.Key)]);

    [Service("Sets the units of a property of the Thing's own that is a number.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetUnitsForNumericPropertyDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string propertyName, string? units, CancellationToken cancellationToken) =>
        Edit(call, thing =>
        {
            var property = thing.Properties.FirstOrDefault(have => have.Name == propertyName) ?? throw Errors.NoSuchProperty(propertyName, thing.Key);
            if (property.BaseType is not (BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG))
                throw Errors.Bad($"Property [{propertyName}] is {property.BaseType.Name()}; units are for NUMBER, INTEGER and LONG.");
            var aspects = property.Field.Aspects.With("units", string.IsNullOrEmpty(units) ? Value.Null : Value.String(units));
            return thing with { Properties = thing.Properties.Replace(property, property with { Field = property.Field with { Aspects = aspects } }) };
        }, cancellationToken);

    private static InfoTable Rows(IEnumerable<PropertyDefinition> properties)
    {
        var builder = new InfoTable.Builder(PlatformShapes.PropertyDefinition);
        foreach (var p in properties)
        {
            builder.Add(
                Value.String(p.Name), Value.String(p.Field.Description), Value.Text(p.BaseType.Name(), BaseType.BASETYPENAME), Value.String(p.Category),
                Value.Integer(p.Field.Ordinal), Value.Boolean(p.IsPersistent), Value.Boolean(p.IsLogged), Value.Boolean(p.IsReadOnly),
                Value.Boolean(p.IsLocalOnly), Value.Text(MetadataJson.OfAspects(p.Field.Aspects), BaseType.JSON));
        }

        return builder.Build();
    }

    private static PropertyDefinition Define(PropertyRow row)
    {
        var aspects = Aspects.None
            .With("isPersistent", Value.Boolean(row.IsPersistent))
            .With("isLogged", Value.Boolean(row.IsLogged))
            .With("isReadOnly", Value.Boolean(row.IsReadOnly))
            .With("dataChangeType", Value.String(string.IsNullOrEmpty(row.DataChangeType) ? "VALUE" : row.DataChangeType.ToUpperInvariant()))
            .With("dataChangeThreshold", row.DataChangeThreshold is { } threshold ? Value.Number(threshold) : Value.Null)
            .With("dataShape", Value.String(string.IsNullOrEmpty(row.DataShape) ? null : row.DataShape))
            .With("isIndexed", row.IsIndexed ? Value.Boolean(true) : Value.Null)
            .With("units", string.IsNullOrEmpty(row.Units) ? Value.Null : Value.String(row.Units))
            .With("minimumValue", row.Minimum is { } minimum ? Value.Number(minimum) : Value.Null)
            .With("maximumValue", row.Maximum is { } maximum ? Value.Number(maximum) : Value.Null);
        if (!PropertyRules.DataChangeTypes.Contains(aspects.Text("dataChangeType")))
            throw Errors.Bad($"'{row.DataChangeType}' is no dataChangeType; there are {string.Join(", ", PropertyRules.DataChangeTypes)}.");
        MemberNames.Check(row.Name, "property");
        var field = new FieldDefinition(row.Name, BaseTypes.Parse(row.Type), row.Description ?? "") { Aspects = aspects };
        if (field.BaseType == BaseType.NOTHING)
            throw Errors.Bad($"Property [{field.Name}] cannot be of type NOTHING.");
        if (row.HasMeasure && field.BaseType is not (BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG))
            throw Errors.Bad($"Property [{field.Name}] is {field.BaseType.Name()}; units, minimumValue and maximumValue are for NUMBER, INTEGER and LONG.");
        if (row.Minimum > row.Maximum)
            throw Errors.Bad(string.Create(CultureInfo.InvariantCulture, $"Property [{field.Name}]: minimumValue {row.Minimum} is above maximumValue {row.Maximum}."));
        if (string.IsNullOrEmpty(row.DefaultValue))
            return new(field) { Category = row.Category ?? "" };
        if (field.BaseType == BaseType.PASSWORD)
            throw Errors.Bad($"Property [{field.Name}] is a PASSWORD: a default value would be readable by all who see the definition.");
        return new(field with { Aspects = aspects.With("defaultValue", Coercion.To(Value.String(row.DefaultValue), field.BaseType, row.Name)) }) { Category = row.Category ?? "" };
    }

    private static MemberedDefinition Add(ServiceContext call, MemberedDefinition owner, PropertyDefinition property, RemotePropertyBinding? binding)
    {
        if (call.Members().FindProperty(property.Name) is not null || owner.Properties.Any(have => have.Name == property.Name))
            throw new PlatformException(ErrorCode.Conflict, $"Property [{property.Name}] exists already on {owner.Kind.Singular()} [{owner.Name}].");
        var edited = owner with { Properties = owner.Properties.Add(property with { Field = property.Field with { Ordinal = owner.Properties.Length } }) };
        return binding is not null && edited is InheritingDefinition heir ? heir with { RemotePropertyBindings = heir.RemotePropertyBindings.Add(binding) } : edited;
    }

    private static InheritingDefinition Without(InheritingDefinition heir, string property) => heir with
    {
        PropertyBindings = heir.PropertyBindings.RemoveAll(binding => binding.Property == property),
        RemotePropertyBindings = heir.RemotePropertyBindings.RemoveAll(binding => binding.Property == property),
        Alerts = heir.Alerts.RemoveAll(alert => alert.Property == property),
    };

    private static RemotePropertyBinding Bind(
        ServiceContext call, string name, string? remoteName, int? timeout, string? pushType, double? pushThreshold, string? aspects)
    {
        call.DemandRemote();
        return BindingRules.Remote(name, remoteName, timeout, pushType, pushThreshold, aspects, null, null);
    }

    private static RemotePropertyBinding? BindingOf(ServiceContext call, InfoTable values, int row)
    {
        if (!Coercion.To(values[row, "remote"], BaseType.BOOLEAN, "remote").AsBoolean())
            return null;
        var (timeout, threshold) = (Coercion.To(values[row, "timeout"], BaseType.INTEGER, "timeout"), Coercion.To(values[row, "pushThreshold"], BaseType.NUMBER, "pushThreshold"));
        return Bind(
            call, values[row, "name"].ToString(), values[row, "remotePropertyName"].ToString(), timeout.IsNull ? null : (int)timeout.AsLong(),
            values[row, "pushType"].ToString(), threshold.IsNull ? null : threshold.AsNumber(), values[row, "remoteBindingAspects"].ToString());
    }

    private Task<Entity> Edit(ServiceContext call, Func<MemberedDefinition, MemberedDefinition> edit, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, edit, cancellationToken);

    /// <summary>What a caller says of a new property.</summary>
    private sealed record PropertyRow(string Name, string Type, string? DataChangeType, double? DataChangeThreshold, string? DefaultValue)
    {
        public string? Description { get; init; }

        public string? Category { get; init; }

        public string? DataShape { get; init; }

        public bool IsReadOnly { get; init; }

        public bool IsPersistent { get; init; }

        public bool IsLogged { get; init; }

        public bool IsIndexed { get; init; }

        public string? Units { get; init; }

        public double? Minimum { get; init; }

        public double? Maximum { get; init; }

        public bool HasMeasure => !string.IsNullOrEmpty(Units) || Minimum is not null || Maximum is not null;

        public static PropertyRow Read(InfoTable table, int row)
        {
            bool Flag(string name) => Coercion.To(table[row, name], BaseType.BOOLEAN, name).AsBoolean();
            var threshold = Coercion.To(table[row, "dataChangeThreshold"], BaseType.NUMBER, "dataChangeThreshold");
            return new(
                table[row, "name"].ToString(), table[row, "type"].ToString(), table[row, "dataChangeType"].AsText(), threshold.IsNull ? null : threshold.AsNumber(),
                table[row, "defaultValue"] is { IsNull: false } value ? value.ToString() : null)
            {
                Description = table[row, "description"].AsText(), Category = table[row, "category"].AsText(), DataShape = table[row, "dataShape"].AsText(),
                IsReadOnly = Flag("readOnly"), IsPersistent = Flag("persistent"), IsLogged = Flag("logged"), IsIndexed = Flag("indexed"),
            };
        }
    }
}
