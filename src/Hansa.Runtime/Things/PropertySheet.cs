using System.Runtime.ExceptionServices;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Makes the sheets of Things.</summary>
public sealed class PropertySheetFactory(IStorage storage, ISecretProtector protector, TimeProvider time)
{
    /// <summary>Who hears of writes, in this order; set once at start.</summary>
    internal IReadOnlyList<IPropertyObserver> Observers { get; set; } = [];

    internal IStorage Storage => storage;

    internal ISecretProtector Protector => protector;

    internal TimeProvider Time => time;

    internal PropertySheet Make(IEnumerable<PropertyRecord> stored) => new(this, stored);
}

/// <summary>The values of one Thing's properties: one small object with its own lock, never held across an await.</summary>
public sealed class PropertySheet
{
    private readonly PropertySheetFactory _factory;
    private readonly Lock _lock = new();

    // By the places of the shape's properties; null where nothing was ever written.
    private Slot?[] _slots = [];
    private EntityShape? _shape;
    private Thing? _thing;
    private IReadOnlyList<PropertyRecord>? _stored;

    internal PropertySheet(PropertySheetFactory factory, IEnumerable<PropertyRecord> stored) => (_factory, _stored) = (factory, [.. stored]);

    /// <summary>The value, its time and quality; a secret is masked.</summary>
    /// <exception cref="PlatformException">NotFound.</exception>
    public Vtq Read(string property) => Read(_thing!.Shape.FindProperty(property) ?? throw Errors.NoSuchProperty(property, _thing.Key));

    // By the definition that the caller holds, so that one who read the shape before an edit is answered as of before it.
    internal Vtq Read(PropertyDefinition property)
    {
        var thing = _thing!;
        if (BuiltIn(thing.Definition, property.Name) is { } builtIn)
            return new(builtIn, thing.Definition.LastModified, Vtq.Good);
        lock (_lock)
            return Find(property.Name) is { } slot ? Shown(slot.Value) : Default(property);
    }

    /// <summary>How long ago the value was last written or confirmed, by this server's own clock; null for never since start.</summary>
    internal TimeSpan? AgeOf(string property)
    {
        lock (_lock)
            return Find(property)?.Arrived is { } arrived ? _factory.Time.GetElapsedTime(arrived) : null;
    }

    /// <summary>The value has been read anew and is the same.</summary>
    internal void Confirm(string property)
    {
        lock (_lock)
        {
            if (Find(property) is { } slot)
                slot.Arrived = _factory.Time.GetTimestamp();
        }
    }

    /// <summary>Refuses unless users may set the property.</summary>
    public void DemandWritable(string property)
    {
        var definition = _thing!.Shape.FindProperty(property) ?? throw Errors.NoSuchProperty(property, _thing.Key);
        if (definition.IsReadOnly)
            throw new PlatformException(ErrorCode.MethodNotAllowed, $"Property [{property}] of Thing [{_thing.Name}] is read-only.");
    }

    /// <summary>Refuses values that <see cref="WriteAsync"/> would refuse.</summary>
    internal void Check(IReadOnlyList<(string Property, Vtq Value)> values)
    {
        foreach (var (name, value) in values)
        {
            var property = _thing!.Shape.FindProperty(name) ?? throw Errors.NoSuchProperty(name, _thing.Key);
            property.CheckRange(Coercion.To(value.Value, property.BaseType, name));
        }
    }

    /// <summary>Writes values; all are turned into their types before the first is set. Done when persistent ones are on disk; if they cannot be, they are taken back.</summary>
    /// <remarks>Cancelling gives up the wait, not the write.</remarks>
    public Task WriteAsync(string userName, IReadOnlyList<(string Property, Vtq Value)> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var thing = _thing!;
        var writes = new Write[values.Count];
        Task? durable = null;
        var arrived = _factory.Time.GetTimestamp();
        lock (_lock)
        {
            for (var i = 0; i < writes.Length; i++)
            {
                var (name, value) = values[i];
                var place = _shape!.IndexOfProperty(name);
                if (place < 0)
                    throw Errors.NoSuchProperty(name, thing.Key);
                var definition = _shape.Properties[place];
                var slot = _slots[place] ??= new(Default(definition));
                writes[i] = new(slot, definition, value with { Value = Protect(slot, definition, definition.CheckRange(Coercion.To(value.Value, definition.BaseType, name))) });
            }

            for (var i = 0; i < writes.Length; i++)
            {
                ref var write = ref writes[i];
                write.Before = write.Slot.Value;
                write.IsChange = write.Definition.IsDataChange(write.Before, write.After);
                write.Slot.Value = write.After;
                write.Slot.Arrived = arrived;
            }

            var records = writes.Where(write => write.Definition.IsPersistent)
                .GroupBy(write => write.Definition.Name, (name, all) => new PropertyRecord(thing.Definition.Id, name, all.Last().After)).ToList();
            if (records.Count > 0)
                durable = _factory.Storage.Model.PutPropertiesAsync(records, CancellationToken.None);
        }

        return FinishAsync(userName, thing, writes, durable).WaitAsync(cancellationToken);
    }

    /// <summary>Sets a property of the platform's own (isConnected …), persistent or not, without asking for rights.</summary>
    public Task SetAsync(string property, Value value, CancellationToken cancellationToken) =>
        WriteAsync(Principals.SystemName, [(property, Vtq.Assigned(value, _factory.Time.GetUtcNow().ToUnixTimeMilliseconds()))], cancellationToken);

    private async Task FinishAsync(string userName, Thing thing, Write[] writes, Task? durable)
    {
        if (durable is not null)
            await KeepAsync(writes, durable);
        var seen = Array.ConvertAll(writes, write => new PropertyWrite(write.Definition, Shown(write.Before), Shown(write.After), write.IsChange));
        // The values stand: who hears of them does whatever becomes of the others, and the writer is told what failed.
        Exception? failure = null;
        foreach (var observer in _factory.Observers)
        {
            try
            {
                await observer.WrittenAsync(userName, thing, seen);
            }
            catch (PlatformException e)
            {
                failure ??= e;
            }
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    private async Task KeepAsync(Write[] writes, Task durable)
    {
        try
        {
            await durable;
            lock (_lock)
            {
                foreach (var write in writes)
                    write.Slot.Durable = write.After;
            }
        }
        catch
        {
            lock (_lock)
            {
                foreach (var write in writes.Where(write => write.Slot.Value == write.After))
                    write.Slot.Value = write.Definition.IsPersistent ? write.Slot.Durable : write.Before;
            }

            throw;
        }
    }

    private Value Protect(Slot slot, PropertyDefinition definition, Value value) => definition.BaseType != BaseType.PASSWORD || value.AsText() is not { Length: > 0 } secret ? value
        : secret == ConfigurationSecrets.MaskText ? slot.Value.Value
        : Value.Text(_factory.Protector.Protect(secret), BaseType.PASSWORD);

    private static Vtq Shown(Vtq stored) => stored.Value.BaseType == BaseType.PASSWORD && stored.Value.AsText() is { Length: > 0 }
        ? stored with { Value = Value.Text(ConfigurationSecrets.MaskText, BaseType.PASSWORD) }
        : stored;

    private static Vtq Default(PropertyDefinition property) => new(property.DefaultValue, 0, Vtq.Unknown);

    /// <summary>Fits the slots to a new shape; values of properties that stay are kept.</summary>
    internal void Rebuild(Thing thing, EntityShape shape)
    {
        lock (_lock)
        {
            _thing = thing;
            var (oldShape, oldSlots) = (_shape, _slots);
            _shape = shape;
            if (oldShape is not null && ReferenceEquals(oldShape.Properties, shape.Properties))
                return;
            _slots = new Slot?[shape.Properties.Count];
            for (var i = 0; i < oldSlots.Length; i++)
            {
                if (oldSlots[i] is { } slot)
                    Keep(oldShape!.Properties[i].Name, slot.Value, slot.Arrived);
            }

            foreach (var record in _stored ?? [])
                Keep(record.Property, record.Value, null);
            _stored = null;
        }
    }

    private void Keep(string property, Vtq value, long? arrived)
    {
        if (_shape!.IndexOfProperty(property) is var place && place >= 0 && Fit(value, _shape.Properties[place]) is { } fitted)
            _slots[place] = new(fitted) { Arrived = arrived };
    }

    private Slot? Find(string property) => _shape!.IndexOfProperty(property) is var place && place >= 0 ? _slots[place] : null;

    private static Vtq? Fit(Vtq value, PropertyDefinition definition)
    {
        // A secret is cipher text inside: as another type it would be shown, and another type's value as a secret is none.
        if (value.Time == 0 || (value.Value.BaseType == BaseType.PASSWORD) != (definition.BaseType == BaseType.PASSWORD && !value.Value.IsNull))
            return null;
        try
        {
            return value with { Value = Coercion.To(value.Value, definition.BaseType, definition.Name) };
        }
        catch (PlatformException)
        {
            // The property has changed its type and the old value means nothing in the new one.
            return null;
        }
    }

    private static Value? BuiltIn(ThingDefinition thing, string property) => property switch
    {
        "name" => Value.String(thing.Name),
        "description" => Value.String(thing.Description),
        "thingTemplate" => Value.Text(thing.ThingTemplate, BaseType.THINGTEMPLATENAME),
        "tags" => Coercion.To(Value.String(thing.Tags), BaseType.TAGS, "tags"),
        _ => null,
    };

    private sealed class Slot(Vtq value)
    {
        public Vtq Value { get; set; } = value;

        // What is on disk of a persistent property.
        public Vtq Durable { get; set; } = value;

        public long? Arrived { get; set; }
    }

    private record struct Write(Slot Slot, PropertyDefinition Definition, Vtq After)
    {
        public Vtq Before { get; set; }

        public bool IsChange { get; set; }
    }
}
