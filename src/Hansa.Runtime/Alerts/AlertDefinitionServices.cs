using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Alerts of properties, defined on a Thing or on a template for all its Things (spec thing-services, Alerts).</summary>
public sealed class AlertDefinitionServices(EntityDirectory directory, AlertMonitor monitor) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates;

    [Service("Adds an alert to a property, or changes it. attributes is one row of limits: value; limit, limitIncluded; minimum, maximum, minimumIncluded, maximumIncluded. Not persistent it lasts until the next restart.",
        Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddOrUpdateAlert(
        ServiceContext call, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertType, [Parameter(IsRequired = true)] string alertName,
        string? description, bool? enabled, int? priority, InfoTable? attributes, bool? persistent, CancellationToken cancellationToken)
    {
        MemberNames.Check(alertName, "alert");
        var type = AlertRule.Types.FirstOrDefault(one => string.Equals(one, alertType, StringComparison.OrdinalIgnoreCase))
            ?? throw (string.Equals(alertType, "Anomaly", StringComparison.OrdinalIgnoreCase) ? AnomalyServices.NotSupported()
                : Errors.Bad($"'{alertType}' is no type of alert; there are {string.Join(", ", AlertRule.Types)}."));
        var known = Definitions(call).FirstOrDefault(alert => alert.Property == property && alert.Name == alertName);
        var alert = new AlertDefinition(property, alertName, type)
        {
            Description = description ?? known?.Description ?? "", IsEnabled = enabled ?? known?.IsEnabled ?? true, Priority = priority ?? known?.Priority ?? 1,
            Attributes = attributes ?? known?.Attributes ?? InfoTable.Empty,
        };
        return SaveAsync(call, alert, persistent, cancellationToken);
    }

    [Service("Takes an alert of the entity's own away; an inherited one is switched off instead.", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task RemoveAlert(
        ServiceContext call, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertName, CancellationToken cancellationToken, bool? persistent = null)
    {
        var alert = Find(call, property, alertName);
        if (persistent is false)
        {
            await SaveAsync(call, alert with { IsEnabled = false }, false, cancellationToken);
            return;
        }

        await directory.EditInheritingAsync(call, heir => heir.Alerts.Any(own => own.Property == property && own.Name == alertName)
            ? heir with { Alerts = heir.Alerts.RemoveAll(own => own.Property == property && own.Name == alertName) }
            : throw new PlatformException(ErrorCode.Conflict, $"Alert [{alertName}] of property [{property}] is inherited; switch it off by DisableAlertsForProperty."), cancellationToken);
        if (call.Target is Thing thing)
        {
            monitor.Of(thing).Settle(property, alertName);
            await monitor.LookAtAllAsync(thing);
        }
    }

    [Service("Switches alerts of a property on; all where no name is given.", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task EnableAlertsForProperty(
        ServiceContext call, [Parameter(IsRequired = true)] string property, string? alertName, CancellationToken cancellationToken, bool? persistent = null) =>
        Switch(call, property, alertName, true, persistent, cancellationToken);

    [Service("Switches alerts of a property off; all where no name is given.", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DisableAlertsForProperty(
        ServiceContext call, [Parameter(IsRequired = true)] string property, string? alertName, CancellationToken cancellationToken, bool? persistent = null) =>
        Switch(call, property, alertName, false, persistent, cancellationToken);

    [Service("Switches all alerts on.", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task EnableAllAlerts(ServiceContext call, CancellationToken cancellationToken, bool? persistent = null) => Switch(call, null, null, true, persistent, cancellationToken);

    [Service("Switches all alerts off.", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DisableAllAlerts(ServiceContext call, CancellationToken cancellationToken, bool? persistent = null) => Switch(call, null, null, false, persistent, cancellationToken);

    [Service("Lists the alerts of a property, or of all properties.", Category = "Alerts", Requires = Permission.Read, ResultShape = "AlertDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetAlertDefinitions(ServiceContext call, string? property) => AlertRows.Definitions(Definitions(call).Where(alert => Is(alert.Property, property)));

    [Service("Lists the alerts of a property that are the entity's own, not inherited.", Category = "Alerts", Requires = Permission.Read, ResultShape = "AlertDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetLocalAlertDefinitions(ServiceContext call, string? property) =>
        AlertRows.Definitions(((InheritingDefinition)call.Target.Definition).Alerts.Where(alert => Is(alert.Property, property)));

    [Service("Gives an alert.", Category = "Alerts", Requires = Permission.Read, ResultShape = "AlertDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetAlertDefinition(ServiceContext call, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertName) =>
        AlertRows.Definitions([Find(call, property, alertName)]);

    [Service("Tells whether a property has an alert of that name, or any.", Category = "Alerts", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool HasAlert(ServiceContext call, [Parameter(IsRequired = true)] string property, string? alertName) =>
        Definitions(call).Any(alert => alert.Property == property && Is(alert.Name, alertName));

    [Service("Gives a limit of an alert, a {X}; null where it is not set.", Name = "GetXAlertParameter", Category = "Alerts", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    [ServiceFamily(Except = [BaseType.IMAGE, BaseType.INFOTABLE, BaseType.THINGCODE, BaseType.VEC2, BaseType.VEC3, BaseType.VEC4])]
    public Value GetXAlertParameter(
        ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertName, [Parameter(IsRequired = true)] string parameterName) =>
        Find(call, property, alertName).Attributes is { RowCount: > 0 } attributes ? Coercion.To(attributes[0, parameterName], type, parameterName) : default;

    [Service("Sets a limit of an alert, a {X}.", Name = "SetXAlertParameter", Category = "Alerts", Requires = Permission.Update, RunsWhenStopped = true)]
    [ServiceFamily(Except = [BaseType.IMAGE, BaseType.INFOTABLE, BaseType.THINGCODE, BaseType.VEC2, BaseType.VEC3, BaseType.VEC4, BaseType.LONG])]
    public Task SetXAlertParameter(
        ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertName, [Parameter(IsRequired = true)] string parameterName,
        Value value, bool? persistent, CancellationToken cancellationToken)
    {
        var alert = Find(call, property, alertName);
        var fields = alert.Attributes.Shape.Fields.Where(field => field.Name != parameterName).Select(field => (field.Name, field.BaseType, alert.Attributes.RowCount > 0 ? alert.Attributes[0, field.Name] : default));
        return SaveAsync(call, alert with { Attributes = InfoTable.Single([.. fields, (parameterName, type, value)]) }, persistent, cancellationToken);
    }

    private IReadOnlyList<AlertDefinition> Definitions(ServiceContext call) => call.Target is Thing thing ? monitor.Of(thing).Definitions(thing.Shape) : call.Members().Alerts;

    private AlertDefinition Find(ServiceContext call, string property, string alertName) =>
        Definitions(call).FirstOrDefault(alert => alert.Property == property && alert.Name == alertName) ?? throw new PlatformException(
            ErrorCode.NotFound, $"Property [{property}] of {call.Target.Key.Kind.Singular()} [{call.Target.Name}] has no alert [{alertName}].");

    private async Task Switch(ServiceContext call, string? property, string? alertName, bool isEnabled, bool? persistent, CancellationToken cancellationToken)
    {
        if (property is not null && call.Members().FindProperty(property) is null)
            throw Errors.NoSuchProperty(property, call.Target.Key);
        if (property is not null && !string.IsNullOrEmpty(alertName))
            Find(call, property, alertName);
        var switched = Definitions(call).Where(alert => Is(alert.Property, property) && Is(alert.Name, alertName) && alert.IsEnabled != isEnabled).Select(alert => alert with { IsEnabled = isEnabled });
        await SaveAsync(call, [.. switched], persistent, cancellationToken);
    }

    private Task SaveAsync(ServiceContext call, AlertDefinition alert, bool? persistent, CancellationToken cancellationToken)
    {
        var property = call.Members().FindProperty(alert.Property) ?? throw Errors.NoSuchProperty(alert.Property, call.Target.Key);
        return SaveAsync(call, [AlertRule.Fit(alert, property)], persistent, cancellationToken);
    }

    private async Task SaveAsync(ServiceContext call, ImmutableArray<AlertDefinition> alerts, bool? persistent, CancellationToken cancellationToken)
    {
        if (alerts.IsEmpty)
            return;
        var thing = call.Target as Thing;
        if (persistent is not false || thing is null)
        {
            await directory.EditInheritingAsync(call, heir => heir with
            {
                Alerts = [.. heir.Alerts.Where(own => alerts.All(alert => (alert.Property, alert.Name) != (own.Property, own.Name))), .. alerts],
            }, cancellationToken);
        }

        if (thing is null)
            return;
        foreach (var alert in alerts)
        {
            if (persistent is false)
                monitor.Of(thing).Overlay(alert);
            else
                monitor.Of(thing).Settle(alert.Property, alert.Name);
        }

        await monitor.LookAtAllAsync(thing);
    }

    private static bool Is(string have, string? wanted) => string.IsNullOrEmpty(wanted) || have == wanted;
}
