using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary><c>me</c>, <c>Things["x"]</c> and their like: members are read, written and called through the host.</summary>
internal sealed class EntityObject(EngineSlot slot, EntityKind kind, string name) : VirtualObject(slot, slot.Engine.Object.InstancePrototype)
{
    private readonly Dictionary<string, HostFunction> _services = new(StringComparer.Ordinal);

    /// <summary>The entity's name; as a value the object is this name.</summary>
    public string EntityName => name;

    protected override bool Has(string name) => name == "name" || Slot.Host.Member(kind, EntityName, name) != ScriptMemberKind.None;

    protected override object? Read(string name)
    {
        if (_services.TryGetValue(name, out var known))
            return known;
        Slot.Meter.Look();
        switch (Slot.Host.Member(kind, EntityName, name))
        {
            case ScriptMemberKind.Property:
                return Slot.Values.ToScript(Slot.Host.GetProperty(kind, EntityName, name));
            case ScriptMemberKind.Service or ScriptMemberKind.Event:
                return _services[name] = new(Slot, (_, arguments) => Call(name, arguments));
            default:
                return name == "name" ? EntityName : null;
        }
    }

    protected override void Write(string name, object? value)
    {
        Slot.Meter.Look();
        if (Slot.Host.Member(kind, EntityName, name) != ScriptMemberKind.Property)
            throw new PlatformException(ErrorCode.NotFound, $"{kind.Singular()} '{EntityName}' has no property '{name}'.");
        Slot.Host.SetProperty(kind, EntityName, name, Slot.Values.FromScript(value));
    }

    private object Call(string service, object[] arguments)
    {
        Slot.Meter.Look();
        try
        {
            return Slot.Values.ToScript(Slot.Host.Invoke(kind, EntityName, service, Parameters(service, arguments)));
        }
        catch (ScriptLimitException) when (Slot.Locate())
        {
            throw;
        }
    }

    private List<KeyValuePair<string, Value>> Parameters(string service, object[] arguments)
    {
        var parameters = new List<KeyValuePair<string, Value>>();
        if (arguments.Length == 0 || arguments[0] is null or Undefined or Null)
            return parameters;
        if (arguments[0] is not ObjectInstance given || given is FunctionInstance or ArrayInstance)
            throw ScriptErrors.Type($"{service} takes its parameters as one object: {service}({{name: value}}).");
        foreach (var key in given.OwnKeys)
        {
            if (key is string parameter && given[parameter] is { } value and not Undefined)
                parameters.Add(new(parameter, Slot.Values.FromScript(value)));
        }

        return parameters;
    }
}

/// <summary><c>Things</c>, <c>Users</c> and their like: an entity by its name, null where the caller sees none.</summary>
internal sealed class EntityCollection(EngineSlot slot, EntityKind kind) : VirtualObject(slot, prototype: null)
{
    protected override bool Has(string name) => Slot.Host.Exists(kind, name);

    protected override object Read(string name)
    {
        Slot.Meter.Look();
        return Slot.Host.Exists(kind, name) ? Slot.Entity(kind, name) : Null.Value;
    }

    protected override void Write(string name, object? value) => throw ScriptErrors.Type($"{kind} cannot be assigned to.");
}
