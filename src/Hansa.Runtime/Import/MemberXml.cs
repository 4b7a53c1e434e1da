using System.Globalization;
using System.Xml.Linq;
using Hansa.Model;
using static Hansa.Runtime.XmlAttributes;

namespace Hansa.Runtime;

/// <summary>Things, Thing Templates and Thing Shapes in an entity file, with their members (spec platform 6.3, 6.4).</summary>
internal static class MemberXml
{
    /// <summary>A Thing.</summary>
    public static ThingDefinition Thing(XElement element) => Inheriting(element, new ThingDefinition(
        Name(element), Text(element, "thingTemplate") is { Length: > 0 } template ? template : GenericThingTemplate.TemplateName)
    {
        IsEnabled = Flag(element, "enabled", true),
        IsPublished = Flag(element, "published", false),
        Identifier = Text(element, "identifier"),
    });

    /// <summary>A Thing Template.</summary>
    public static ThingTemplateDefinition Template(XElement element) => Inheriting(element, new ThingTemplateDefinition(
        Name(element), Text(element, "baseThingTemplate") is { Length: > 0 } template ? template : GenericThingTemplate.TemplateName)
    {
        InstancePermissions = [.. PermissionXml.Read(element, "Instance")],
    });

    /// <summary>A Thing Shape. Its members stand in it, or in an element ThingShape as those of Things do.</summary>
    public static ThingShapeDefinition Shape(XElement element) => Members(element.Element("ThingShape") ?? element, [], new ThingShapeDefinition(Name(element)));

    /// <summary>A field with its aspects.</summary>
    public static FieldDefinition Field(XElement element)
    {
        var name = Name(element);
        MemberNames.Check(name, "field");
        var type = BaseTypes.Parse(Text(element, "baseType"));
        var aspects = new List<KeyValuePair<string, Value>>();
        foreach (var attribute in element.Attributes().Where(a => a.Name.LocalName.StartsWith("aspect.", StringComparison.Ordinal)))
            aspects.Add(new(attribute.Name.LocalName["aspect.".Length..], Aspect(attribute.Name.LocalName["aspect.".Length..], attribute.Value, type)));
        return type == BaseType.PASSWORD && aspects.Exists(aspect => aspect.Key == "defaultValue" && aspect.Value.ToString().Length > 0)
            ? throw new FormatException($"[{name}] is a PASSWORD: a default value would be readable by all who see the definition")
            : new(name, type, Text(element, "description"), Number(element, "ordinal")) { Aspects = new(aspects) };
    }

    private static T Inheriting<T>(XElement element, T definition)
        where T : InheritingDefinition
    {
        var shape = element.Element("ThingShape");
        HashSet<string> remote = [.. element.Elements("RemoteServiceBindings").Elements("RemoteServiceBinding").Select(Name)];
        var read = (shape is null ? definition : Members(shape, remote, definition)) with
        {
            ValueStream = Text(element, "valueStream"),
            ImplementedShapes = [.. element.Elements("ImplementedShapes").Elements("ImplementedShape").Select(ShapeName)],
            PropertyBindings = [.. element.Elements("PropertyBindings").Elements().Select(BindingXml.Local)],
            RemotePropertyBindings = [.. element.Elements("RemotePropertyBindings").Elements().Select(binding => BindingXml.Property(binding, shape))],
            RemoteServiceBindings = [.. element.Elements("RemoteServiceBindings").Elements().Select(BindingXml.Service)],
            RemoteEventBindings = [.. element.Elements("RemoteEventBindings").Elements().Select(BindingXml.Event)],
            Alerts = [.. element.Elements("AlertConfigurations").Elements("AlertDefinitions").SelectMany(Alerts)],
            ConfigurationTableDefinitions = [.. element.Elements("ConfigurationTableDefinitions").Elements("ConfigurationTableDefinition").Select(DeclaredTable)],
        };
        NoneTwice("binding of property", read.PropertyBindings.Select(binding => binding.Property).Concat(read.RemotePropertyBindings.Select(binding => binding.Property)));
        NoneTwice("alert", read.Alerts.Select(alert => $"{alert.Property}.{alert.Name}"));
        return read;
    }

    private static T Members<T>(XElement shape, HashSet<string> remote, T definition)
        where T : MemberedDefinition
    {
        var read = definition with
        {
            Properties = [.. shape.Elements("PropertyDefinitions").Elements("PropertyDefinition").Select(Property)],
            Services = [.. Services(shape, remote)],
            Events = [.. shape.Elements("EventDefinitions").Elements("EventDefinition").Select(e => new EventDefinition(Name(e), Text(e, "dataShape"), Text(e, "description"), Text(e, "category")))],
            Subscriptions = [.. shape.Elements("Subscriptions").Elements("Subscription").Select(Subscription)],
        };
        NoneTwice("property", read.Properties.Select(property => property.Name));
        NoneTwice("service", read.Services.Select(service => service.Definition.Name));
        NoneTwice("event", read.Events.Select(happening => happening.Name));
        NoneTwice("subscription", read.Subscriptions.Select(subscription => subscription.Name));
        return read;
    }

    private static string ShapeName(XElement element) => Text(element, "thingShapeName") is { Length: > 0 } name ? name : Name(element);

    private static PropertyDefinition Property(XElement element) => new(Field(element))
    {
        Category = Text(element, "category"),
        IsLocalOnly = Flag(element, "isLocalOnly", false),
    };

    private static Value Aspect(string name, string text, BaseType type) => name switch
    {
        "defaultValue" or "minimumValue" or "maximumValue" => Coercion.To(Value.String(text), type, name),
        _ when text is "true" or "false" => Value.Boolean(text == "true"),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Value.Number(number),
        _ => Value.String(text),
    };

    private static IEnumerable<ScriptService> Services(XElement shape, HashSet<string> remote)
    {
        var code = shape.Elements("ServiceImplementations").Elements("ServiceImplementation").ToDictionary(Name, Code, StringComparer.Ordinal);
        foreach (var element in shape.Elements("ServiceDefinitions").Elements("ServiceDefinition"))
        {
            var name = Name(element);
            MemberNames.Check(name, "service");
            var result = element.Element("ResultType");
            yield return new(
                new(name, [.. element.Elements("ParameterDefinitions").Elements("FieldDefinition").Select(Field)],
                    result is null ? new("result", BaseType.NOTHING) : Field(result) with { Name = "result" })
                {
                    Description = Text(element, "description"),
                    Category = Text(element, "category"),
                    IsAsync = Flag(element, "aspect.isAsync", false),
                    IsLocalOnly = Flag(element, "isLocalOnly", false),
                    IsPrivate = Flag(element, "isPrivate", false),
                    IsAllowOverride = Flag(element, "isAllowOverride", false),
                },
                code.TryGetValue(name, out var source) ? source : remote.Contains(name) ? "" : throw new FormatException($"service [{name}] has no implementation"));
        }
    }

    private static SubscriptionDefinition Subscription(XElement element)
    {
        var implementation = element.Element("ServiceImplementation") ?? throw new FormatException("a subscription has no implementation");
        var name = Text(element, "name") is { Length: > 0 } own ? own : Name(implementation);
        var several = element.Elements("Events").Elements("Event").ToList();
        return new(name, [.. (several.Count > 0 ? several : [element]).Select(one => new SubscribedEvent(Text(one, "eventName"), Text(one, "source"), Text(one, "sourceProperty")))], Code(implementation))
        {
            IsOrdered = Flag(element, "ordered", false),
            IsEnabled = Flag(element, "enabled", true),
            Description = Text(element, "description"),
        };
    }

    private static string Code(XElement implementation)
    {
        var handler = Text(implementation, "handlerName");
        return handler is "Script" or ""
            ? implementation.Descendants("code").FirstOrDefault()?.Value ?? ""
            : throw new FormatException($"service [{Name(implementation)}] is of handler {handler}; this server runs Script services");
    }

    private static IEnumerable<AlertDefinition> Alerts(XElement property) => property.Elements("AlertDefinition").Select(element =>
        new AlertDefinition(Name(property), Name(element), Text(element, "alertType"))
        {
            Description = Text(element, "description"),
            IsEnabled = Flag(element, "enabled", true),
            Priority = Number(element, "priority"),
            Attributes = element.Element("AlertAttributes") is { } attributes ? TableXml.Read(attributes) : InfoTable.Empty,
        });

    private static DeclaredTable DeclaredTable(XElement element) => new(
        Name(element), Text(element, "dataShapeName"), [.. element.Elements("DataShape").Elements("FieldDefinitions").Elements("FieldDefinition").Select(Field)])
    {
        Description = Text(element, "description"),
        Category = Text(element, "category"),
        Ordinal = Number(element, "ordinal"),
        IsHidden = Flag(element, "isHidden", false),
        IsMultiRow = Flag(element, "isMultiRow", false),
    };
}
