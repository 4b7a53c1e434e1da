using System.Globalization;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>An object whose members are the platform's: nothing is kept in it.</summary>
internal abstract class VirtualObject(EngineSlot slot, ObjectInstance? prototype) : ObjectInstance(slot.Engine, prototype)
{
    protected EngineSlot Slot { get; } = slot;

    public override IEnumerable<object> OwnKeys => Names;

    /// <summary>Names that <c>for in</c> and <c>Object.keys</c> give.</summary>
    protected virtual IEnumerable<string> Names => [];

    /// <summary>A member's value; null where the object has none of that name, and its prototype is asked.</summary>
    protected abstract object? Read(string name);

    /// <summary>Assigns a member, or says in a <see cref="JavaScriptException"/> why not.</summary>
    protected abstract void Write(string name, object? value);

    /// <summary>Whether there is such a member; overridden where reading has a cost or an effect.</summary>
    protected virtual bool Has(string name) => Read(name) is not null;

    public sealed override object? GetPropertyValue(PropertyReference propertyReference) =>
        Guard(propertyReference.Name) ?? base.GetPropertyValue(propertyReference);

    public sealed override object? GetPropertyValue(object key, object thisValue) =>
        (key is string name ? Guard(name) : null) ?? base.GetPropertyValue(key, thisValue);

    protected sealed override object? GetPropertyValue(uint index, object thisValue) =>
        Guard(index.ToString(CultureInfo.InvariantCulture)) ?? base.GetPropertyValue(index, thisValue);

    public sealed override bool SetPropertyValue(PropertyReference propertyReference, object value, object thisValue, bool throwOnError) =>
        Assign(propertyReference.Name, value);

    public sealed override bool SetPropertyValue(object key, object value, object thisValue, bool throwOnError) => Assign(key, value);

    public sealed override bool SetPropertyValue(uint index, object value, object thisValue, bool throwOnError) =>
        Assign(index.ToString(CultureInfo.InvariantCulture), value);

    public sealed override bool DefineProperty(object key, PropertyDescriptor descriptor, bool throwOnError) =>
        descriptor.IsAccessor ? throw ScriptErrors.Type($"'{key}' cannot be an accessor here.") : Assign(key, descriptor.Value);

    public override bool Delete(object key, bool throwOnError) => throw ScriptErrors.Type($"'{key}' cannot be deleted here.");

    public override bool Delete(uint index, bool throwOnError) => Delete(index.ToString(CultureInfo.InvariantCulture), throwOnError);

    public sealed override bool HasProperty(object key) => (key is string name && Has(name)) || base.HasProperty(key);

    public sealed override PropertyDescriptor GetOwnPropertyDescriptor(object key) =>
        key is string name && Guard(name) is { } value ? new(value, PropertyAttributes.FullAccess) : default;

    public sealed override PropertyDescriptor GetOwnPropertyDescriptor(uint index) =>
        GetOwnPropertyDescriptor(index.ToString(CultureInfo.InvariantCulture));

    private object? Guard(string name)
    {
        Slot.Meter.Enter();
        try
        {
            return Read(name);
        }
        catch (Exception e) when (Slot.IsCatchable(e))
        {
            throw Slot.Raise(e);
        }
    }

    private bool Assign(object key, object? value)
    {
        Slot.Meter.Enter();
        try
        {
            Write(key as string ?? throw ScriptErrors.Type("A symbol names nothing here."), value);
            return true;
        }
        catch (Exception e) when (Slot.IsCatchable(e))
        {
            throw Slot.Raise(e);
        }
    }
}
