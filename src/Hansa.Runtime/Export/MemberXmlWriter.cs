using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Things, Thing Templates and Thing Shapes of an entity file with their members: what <see cref="MemberXml"/> reads back.</summary>
internal static class MemberXmlWriter
{
    /// <summary>The parts of a Thing or a Thing Template.</summary>
    public static IEnumerable<object?> Inheriting(InheritingDefinition definition)
    {
        if (definition is ThingDefinition thing)
        {
            yield return XmlParts.Text("thingTemplate", thing.ThingTemplate);
            yield return XmlParts.Flag("enabled", thing.IsEnabled);
            yield return XmlParts.Flag("published", thing.IsPublished);
            yield return XmlParts.Text("identifier", thing.Identifier);
        }
        else
        {
            yield return XmlParts.Text("baseThingTemplate", definition.Template);
        }

        yield return XmlParts.Text("valueStream", definition.ValueStream);
        yield return XmlParts.List("PropertyBindings", definition.PropertyBindings.Select(binding => new XElement(
            "PropertyBinding", XmlParts.Text("name", binding.Property), XmlParts.Text("sourceThingName", binding.SourceThing), XmlParts.Text("sourceName", binding.SourceProperty))));
        yield return XmlParts.List("RemotePropertyBindings", definition.RemotePropertyBindings.Select(Remote));
        yield return XmlParts.List("RemoteServiceBindings", definition.RemoteServiceBindings.Select(binding => new XElement(
            "RemoteServiceBinding", XmlParts.Text("name", binding.Service), XmlParts.Text("sourceName", binding.SourceName), Timeout(binding.Timeout))));
        yield return XmlParts.List("RemoteEventBindings", definition.RemoteEventBindings.Select(binding => new XElement(
            "RemoteEventBinding", XmlParts.Text("name", binding.Event), XmlParts.Text("sourceName", binding.SourceName))));
        yield return XmlParts.List("AlertConfigurations", definition.Alerts.GroupBy(alert => alert.Property).Select(property => new XElement(
            "AlertDefinitions", XmlParts.Text("name", property.Key), property.Select(Alert))));
        yield return XmlParts.List("ConfigurationTableDefinitions", definition.ConfigurationTableDefinitions.Select(Declared));
        yield return new XElement("ThingShape", Members(definition));
        yield return XmlParts.List("ImplementedShapes", definition.ImplementedShapes.Select(shape => new XElement("ImplementedShape", XmlParts.Text("name", shape), XmlParts.Text("type", "ThingShape"))));
        if (definition is ThingTemplateDefinition template)
        {
            foreach (var permissions in PermissionXmlWriter.Write(template.InstancePermissions, "Instance"))
                yield return permissions;
        }
    }

    /// <summary>Properties, services, events and subscriptions.</summary>
    public static IEnumerable<object?> Members(MemberedDefinition definition)
    {
        yield return XmlParts.List("PropertyDefinitions", definition.Properties.Select(Property));
        yield return XmlParts.List("ServiceDefinitions", definition.Services.Select(service => Service(service.Definition)));
        yield return XmlParts.List("EventDefinitions", definition.Events.Select(happening => new XElement(
            "EventDefinition", XmlParts.Text("name", happening.Name), XmlParts.Text("dataShape", happening.DataShapeName), XmlParts.Text("description", happening.Description),
            XmlParts.Text("category", happening.Category))));
        yield return XmlParts.List("ServiceImplementations", definition.Services.Select(service => Implementation(service.Definition.Name, service.Code)));
        yield return XmlParts.List("Subscriptions", definition.Subscriptions.Select(Subscription));
    }

    private static XElement Property(PropertyDefinition property)
    {
        var element = XmlParts.Field("PropertyDefinition", property.Field);
        element.Add(XmlParts.Text("category", property.Category), XmlParts.Flag("isLocalOnly", property.IsLocalOnly));
        return element;
    }

    private static XElement Service(ServiceDefinition service) => new(
        "ServiceDefinition", XmlParts.Text("name", service.Name), XmlParts.Text("description", service.Description), XmlParts.Text("category", service.Category),
        XmlParts.Flag("aspect.isAsync", service.IsAsync), XmlParts.Flag("isLocalOnly", service.IsLocalOnly), XmlParts.Flag("isPrivate", service.IsPrivate),
        XmlParts.Flag("isAllowOverride", service.IsAllowOverride), XmlParts.Field("ResultType", service.Result),
        XmlParts.List("ParameterDefinitions", service.Parameters.Select(parameter => XmlParts.Field("FieldDefinition", parameter))));

    private static XElement Subscription(SubscriptionDefinition subscription) => new(
        "Subscription", XmlParts.Text("name", subscription.Name), XmlParts.Text("description", subscription.Description), XmlParts.Flag("enabled", subscription.IsEnabled),
        XmlParts.Flag("ordered", subscription.IsOrdered),
        XmlParts.List("Events", subscription.Events.Select(one => new XElement(
            "Event", XmlParts.Text("eventName", one.Event), XmlParts.Text("source", one.Source), XmlParts.Text("sourceProperty", one.Property)))),
        Implementation(subscription.Name, subscription.Code));

    private static XElement Implementation(string name, string code) => new(
        "ServiceImplementation", XmlParts.Text("name", name), XmlParts.Text("handlerName", "Script"),
        new XElement("ConfigurationTables", new XElement("ConfigurationTable", XmlParts.Text("name", "Script"), new XElement("Rows", new XElement("Row", new XElement("code", code))))));

    private static XElement Remote(RemotePropertyBinding binding) => new(
        "RemotePropertyBinding", XmlParts.Text("name", binding.Property), XmlParts.Text("sourceName", binding.SourceName), XmlParts.Text("pushType", binding.PushType),
        XmlParts.Number("pushThreshold", binding.PushThreshold), XmlParts.Number("aspect.cacheTime", binding.CacheTime), XmlParts.Text("foldType", binding.IsFolded ? "FOLD" : "NONE"),
        XmlParts.Text("aspect.startType", binding.ReadsAtStart ? "readEdgeValue" : ""), Timeout(binding.Timeout));

    // Written in seconds; what is no whole number of them stands in milliseconds, which the reader tells apart by size.
    private static XAttribute? Timeout(TimeSpan timeout) =>
        XmlParts.Number("timeout", timeout.Ticks % TimeSpan.TicksPerSecond == 0 && timeout <= TimeSpan.FromHours(1) ? timeout.TotalSeconds : timeout.TotalMilliseconds);

    private static XElement Alert(AlertDefinition alert) => new(
        "AlertDefinition", XmlParts.Text("name", alert.Name), XmlParts.Text("alertType", alert.AlertType), XmlParts.Text("description", alert.Description), XmlParts.Flag("enabled", alert.IsEnabled),
        XmlParts.Number("priority", alert.Priority), new XElement("AlertAttributes", TableXmlWriter.Content(alert.Attributes)));

    private static XElement Declared(DeclaredTable table) => new(
        "ConfigurationTableDefinition", XmlParts.Text("name", table.Name), XmlParts.Text("dataShapeName", table.DataShapeName), XmlParts.Text("description", table.Description),
        XmlParts.Text("category", table.Category), XmlParts.Number("ordinal", table.Ordinal), XmlParts.Flag("isHidden", table.IsHidden), XmlParts.Flag("isMultiRow", table.IsMultiRow),
        new XElement("DataShape", new XElement("FieldDefinitions", table.Fields.Select(field => XmlParts.Field("FieldDefinition", field)))));
}
