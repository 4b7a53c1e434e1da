using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Makes the sheets of Things.</summary>
public sealed class PropertySheetFactory(IStorage storage, TimeProvider time)
{
    /// <summary>Where changes are announced; set once at start.</summary>
    internal IPropertyObserver Observer { get; set; } = IPropertyObserver.Nobody;

    internal IStorage Storage => storage;

    internal TimeProvider Time => time;

    internal PropertySheet Make(IEnumerable<PropertyRecord> stored) => new(this, stored);
}

/// <summary>Hears of changed property values.</summary>
internal interface IPropertyObserver
{
    public static IPropertyObserver Nobody { get; } = new Silent();

    /// <summary>Called after the value is set; the task holds the writer back while queues are full.</summary>
    ValueTask ChangedAsync(string userName, Thing thing, PropertyDefinition property, Vtq before, Vtq after);

    private sealed class Silent : IPropertyObserver
    {
        public ValueTask ChangedAsync(string userName, Thing thing, PropertyDefinition property, Vtq before, Vtq after) => ValueTask.CompletedTask;
    }
}

/// <summary>The values of one Thing's properties: one small object with its own lock, never held across an await.</summary>
public sealed class PropertySheet
{
    private readonly PropertySheetFactory _factory;
    private readonly Lock _lock = new();
    private Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private Thing? _thing;

    internal PropertySheet(PropertySheetFactory factory, IEnumerable<PropertyRecord> stored)
    {
        _factory = factory;
        foreach (var record in stored)
            _slots[record.Property] = new(null) { Value = record.Value };
    }

    /// <summary>The value, its time and quality.</summary>
    /// <exception cref="PlatformException">NotFound.</exception>
    public Vtq Read(string property)
    {
        var thing = _thing!;
        if (BuiltIn(thing.Definition, property) is { } builtIn)
            return new(builtIn, thing.Definition.LastModified, Vtq.Good);
        lock (_lock)
            return _slots.TryGetValue(property, out var slot) && slot.Definition is not null ? slot.Value : throw Errors.NoSuchProperty(property, thing.Key);
    }

    /// <summary>Refuses unless users may set the property.</summary>
    public void DemandWritable(string property)
    {
        var definition = _thing!.Shape.FindProperty(property) ?? throw Errors.NoSuchProperty(property, _thing.Key);
        if (definition.IsReadOnly)
            throw new PlatformException(ErrorCode.MethodNotAllowed, $"Property [{property}] of Thing [{_thing.Name}] is read-only.");
    }

    /// <summary>Writes values; all are turned into their types before the first is set. Done when persistent ones are on disk.</summary>
    public async Task WriteAsync(string userName, IReadOnlyList<(string Property, Vtq Value)> values, CancellationToken cancellationToken)
    {
        var thing = _thing!;
        var writes = new (Slot Slot, Vtq After, Vtq Before, bool IsChange)[values.Count];
        Task? durable = null;
        lock (_lock)
        {
            for (var i = 0; i < writes.Length; i++)
            {
                var (name, value) = values[i];
                if (!_slots.TryGetValue(name, out var slot) || slot.Definition is null)
                    throw Errors.NoSuchProperty(name, thing.Key);
                writes[i].Slot = slot;
                writes[i].After = value with { Value = slot.Definition.CheckRange(Coercion.To(value.Value, slot.Definition.BaseType, name)) };
            }

            for (var i = 0; i < writes.Length; i++)
            {
                ref var write = ref writes[i];
                write.Before = write.Slot.Value;
                write.IsChange = write.Slot.Definition!.IsDataChange(write.Before, write.After);
                write.Slot.Value = write.After;
            }

            var records = writes.Where(write => write.Slot.Definition!.IsPersistent)
                .GroupBy(write => write.Slot.Definition!.Name, (name, all) => new PropertyRecord(thing.Definition.Id, name, all.Last().After)).ToList();
            if (records.Count > 0)
                durable = _factory.Storage.Model.PutPropertiesAsync(records, cancellationToken);
        }

        foreach (var write in writes)
        {
            if (write.IsChange)
                await _factory.Observer.ChangedAsync(userName, thing, write.Slot.Definition!, write.Before, write.After);
        }

        if (durable is not null)
            await durable;
    }

    /// <summary>Sets a property of the platform's own (isConnected …), persistent or not, without asking for rights.</summary>
    public Task SetAsync(string property, Value value, CancellationToken cancellationToken) =>
        WriteAsync(Principals.SystemName, [(property, new Vtq(value, _factory.Time.GetUtcNow().ToUnixTimeMilliseconds(), Vtq.Good))], cancellationToken);

    /// <summary>Fits the slots to a new shape; values of properties that stay are kept.</summary>
    internal void Rebuild(Thing thing)
    {
        lock (_lock)
        {
            _thing = thing;
            var slots = new Dictionary<string, Slot>(StringComparer.Ordinal);
            foreach (var definition in thing.Shape.Properties)
            {
                var slot = new Slot(definition) { Value = new(definition.DefaultValue, 0, Vtq.Unknown) };
                if (_slots.TryGetValue(definition.Name, out var old))
                    slot.Value = Fit(old.Value, definition) ?? slot.Value;
                slots[definition.Name] = slot;
            }

            _slots = slots;
        }
    }

    private static Vtq? Fit(Vtq value, PropertyDefinition definition)
    {
        if (value.Time == 0)
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

    private sealed class Slot(PropertyDefinition? definition)
    {
        public PropertyDefinition? Definition { get; } = definition;

        public Vtq Value { get; set; }
    }
}
