using Hansa.Model;
using Hansa.Runtime.Scripts.Globals;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>
/// Makes a new engine safe to give to strangers, one after the other: what is unbounded is replaced or taken away, every
/// built-in is put behind a look at the limits, and all of it is frozen.
/// </summary>
internal sealed class Hardening
{
    private const int MaxArguments = 65_535;
    private const int MaxPattern = 10_000;
    private const int ModerateLength = 65_536;

    // Not carried: they have no use without an event loop, reach past the gates, or hold memory that nobody counts.
    private static readonly string[] RemovedGlobals =
    [
        "eval", "Promise", "Proxy", "Reflect", "ArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray",
        "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array",
    ];

    private static readonly string[] RemovedTextMembers =
    [
        "anchor", "big", "blink", "bold", "fixed", "fontcolor", "fontsize", "italics", "link", "small", "strike", "sub", "sup", "quote",
    ];

    private static readonly Lazy<CompiledEval> Prelude = Compile("prelude.js");
    private static readonly Lazy<CompiledEval> Syntax = Compile("syntax.js");

    private readonly EngineSlot _slot;
    private readonly ScriptEngine _engine;
    private readonly HashSet<ObjectInstance> _seen = new(ReferenceEqualityComparer.Instance);

    private Hardening(EngineSlot slot) => (_slot, _engine) = (slot, slot.Engine);

    /// <summary>Hardens the engine and puts the platform's objects in it; gives the prototype of InfoTables.</summary>
    public static ObjectInstance Apply(EngineSlot slot)
    {
        var hardening = new Hardening(slot);
        hardening.Remove();
        hardening.Guard();
        hardening.RunPrelude();
        slot.Syntax = hardening.MakeSyntax();
        hardening.AddPlatform();
        var tables = InfoTableMembers.MakePrototype(slot);
        foreach (var root in hardening.Roots().Append(tables).Append(slot.Syntax))
            hardening.Close(root);
        hardening.CloseGlobal();
        return tables;
    }

    private void Remove()
    {
        foreach (var name in RemovedGlobals)
            _engine.Global.Delete(name, throwOnError: true);
        foreach (var name in RemovedTextMembers)
            _engine.String.InstancePrototype.Delete(name, throwOnError: true);
        _engine.String.Delete("raw", throwOnError: true);
        _engine.Symbol.Delete("for", throwOnError: true);
        _engine.Symbol.Delete("keyFor", throwOnError: true);
        var expressions = _engine.RegExp.InstancePrototype;
        expressions.Delete("compile", throwOnError: true);
        foreach (var key in expressions.OwnKeys.OfType<Symbol>().ToList())
            expressions.Delete(key, throwOnError: true);
    }

    private void Guard()
    {
        var function = new GuardedConstructor(_slot, _engine.Function.InstancePrototype, inner: null, _ =>
            throw ScriptErrors.Type("Function(text) is not carried; write the function in the service."));
        Define(_engine.Global, "Function", function);
        var expression = new GuardedConstructor(_slot, _engine.RegExp.InstancePrototype, _engine.RegExp, arguments =>
        {
            if (arguments.Length > 0 && TypeUtilities.IsString(arguments[0]) && arguments[0].ToString()!.Length > MaxPattern)
                throw ScriptErrors.Range($"A regular expression has at most {MaxPattern} characters.");
        });
        Define(_engine.Global, "RegExp", expression);

        foreach (var constructor in (FunctionInstance[])[_engine.Number, _engine.Date])
            Define(_engine.Global, constructor.Name, new GuardedConstructor(_slot, constructor.InstancePrototype, constructor, CheckDigits));

        var functions = _engine.Function.InstancePrototype;
        Define(functions, "bind", new HostFunction(_slot, (self, arguments) => self is FunctionInstance target
            ? new BoundFunction(_slot, target, arguments.Length > 0 ? arguments[0] : Undefined.Value, arguments.Length > 1 ? arguments[1..] : [])
            : throw ScriptErrors.Type("Only a function can be bound.")));
        Define(functions, "apply", new HostFunction(_slot, (self, arguments) =>
        {
            var target = self as FunctionInstance ?? throw ScriptErrors.Type("Only a function can be applied.");
            var list = arguments.Length > 1 ? arguments[1] : Undefined.Value;
            if (list is ObjectInstance given && Length(given) > MaxArguments)
                throw ScriptErrors.Range($"A function takes at most {MaxArguments} arguments.");
            return target.Apply(arguments.Length > 0 ? arguments[0] : Undefined.Value, list);
        }));

        var own = _engine.Object.GetPropertyValue("setPrototypeOf") as FunctionInstance;
        Define(_engine.Object, "setPrototypeOf", new HostFunction(_slot, (self, arguments) =>
        {
            if (arguments.Length > 1)
                ScriptGuards.CheckChain(arguments[1] as ObjectInstance);
            return own!.CallLateBound(self, arguments);
        }));
    }

    private static Lazy<CompiledEval> Compile(string name) => new(() => CompiledEval.Compile(new StringScriptSource(Resource.Read(name), "built-in")));

    // What lowered syntax calls; calls with a list of arguments are the host's.
    private ObjectInstance MakeSyntax()
    {
        var native = _engine.Object.Construct();
        native["defineProperty"] = _engine.Object["defineProperty"];
        native["call"] = new HostFunction(_slot, (_, arguments) => Callable(arguments[0], "The value").CallLateBound(arguments[1], Spread(arguments[2])));
        native["invoke"] = new HostFunction(_slot, (_, arguments) =>
        {
            if (arguments[0] is null or Undefined or Null)
                throw ScriptErrors.Type($"{TypeConverter.ToString(arguments[0])} has no member '{TypeConverter.ToString(arguments[1])}'.");
            var target = TypeConverter.ToObject(_engine, arguments[0]);
            var key = TypeConverter.ToPropertyKey(arguments[1]);
            return Callable(target[key], $"'{key}'").CallLateBound(arguments[0], Spread(arguments[2]));
        });
        native["make"] = new HostFunction(_slot, (_, arguments) =>
        {
            if (arguments[0] is not FunctionInstance { IsConstructor: true } constructor)
                throw ScriptErrors.Type("The value is no constructor.");
            var made = constructor.ConstructLateBound(constructor, Spread(arguments[1]));
            ScriptGuards.CheckChain(made);
            return made;
        });
        var make = (FunctionInstance)Syntax.Value.Evaluate(_engine);
        return (ObjectInstance)make.CallLateBound(Undefined.Value, _slot.Guards[0], _slot.Guards[1], native);
    }

    private static FunctionInstance Callable(object? value, string name) =>
        value as FunctionInstance ?? throw ScriptErrors.Type($"{name} is not a function.");

    private static object[] Spread(object list)
    {
        var array = (ArrayInstance)list;
        if (array.Length > MaxArguments)
            throw ScriptErrors.Range($"A function takes at most {MaxArguments} arguments.");
        var values = new object[array.Length];
        for (var i = 0u; i < values.Length; i++)
            values[i] = array[i] ?? Undefined.Value;
        return values;
    }

    private void RunPrelude()
    {
        var native = _engine.Object.Construct();
        var arrays = _engine.Array.InstancePrototype;
        foreach (var name in (ReadOnlySpan<string>)["concat", "indexOf", "lastIndexOf", "includes", "slice", "splice", "shift", "unshift"])
            native[name] = arrays[name];
        native["defineProperty"] = _engine.Object["defineProperty"];
        native["exec"] = new GatedFunction(_slot, (FunctionInstance)_engine.RegExp.InstancePrototype["exec"], "exec");
        var create = (FunctionInstance)_engine.Object["create"];
        native["create"] = new HostFunction(_slot, (_, arguments) =>
        {
            var created = create.CallLateBound(Undefined.Value, arguments);
            ScriptGuards.CheckChain((ObjectInstance)created);
            return created;
        });
        native["quick"] = new HostFunction(_slot, (_, functions) => Quick((FunctionInstance)functions[0], (FunctionInstance)functions[1]));
        native["isExpression"] = new HostFunction(_slot, (_, arguments) => arguments[0] is RegExpInstance);
        native["digits"] = new HostFunction(_slot, (_, arguments) =>
        {
            _slot.Digits.Check(arguments[0]);
            return arguments[0];
        });
        native["typeName"] = new HostFunction(_slot, (_, arguments) => TypeUtilities.TypeOf(arguments[0]));
        native["mayHold"] = new HostFunction(_slot, (_, arguments) =>
        {
            _slot.Meter.Hold(TypeConverter.ToNumber(arguments[0]));
            return null;
        });
        native["parseJson"] = new HostFunction(_slot, (_, arguments) => _slot.Json.Parse(TypeConverter.ToString(arguments[0])));
        native["writeJson"] = new HostFunction(_slot, (_, arguments) => _slot.Json.Write(
            arguments.ElementAtOrDefault(0), arguments.ElementAtOrDefault(1), arguments.ElementAtOrDefault(2)));
        var prelude = (FunctionInstance)Prelude.Value.Evaluate(_engine);
        prelude.CallLateBound(Undefined.Value, _slot.Guards[0], _slot.Guards[1], _slot.Guards[2], native);
    }

    private HostFunction Quick(FunctionInstance own, FunctionInstance guarded) => new(_slot, (self, arguments) =>
        (IsModerate(self, arguments) ? own : guarded).CallLateBound(self, arguments));

    // Whether the engine's own loops over array and arguments are short, and turn no object into a number.
    private bool IsModerate(object self, object[] arguments)
    {
        if (self is not ArrayInstance { Length: <= ModerateLength } array)
            return false;
        long length = array.Length;
        foreach (var argument in arguments)
        {
            if (argument is ArrayInstance other)
                length += other.Length;
            else if (argument is ObjectInstance || TypeUtilities.IsString(argument))
                return false;
        }

        _slot.Meter.Charge(length * 16);
        return length <= ModerateLength;
    }

    private double Length(ObjectInstance o)
    {
        var length = o["length"];
        _slot.Digits.Check(length);
        return TypeConverter.ToNumber(length);
    }

    private void CheckDigits(object[] arguments)
    {
        foreach (var argument in arguments)
            _slot.Digits.Check(argument);
    }

    private void AddPlatform()
    {
        foreach (var kind in EntityKinds.All)
            Define(_engine.Global, kind.ToString(), new EntityCollection(_slot, kind));
        var logger = _engine.Object.Construct();
        foreach (var level in Enum.GetValues<ScriptLogLevel>())
        {
            logger[level.ToString().ToLowerInvariant()] = new HostFunction(_slot, (_, arguments) =>
            {
                _slot.Meter.Look();
                _slot.Host.Log(level, arguments.Length > 0 ? TypeConverter.ToString(arguments[0]) : "");
                return null;
            });
        }

        Define(_engine.Global, "logger", logger);
        foreach (var function in GlobalFunctions.All)
            Define(_engine.Global, function.Name, new HostFunction(_slot, (_, arguments) => Call(function, arguments)));
        DefineRead("me", () => _slot.Me);
        DefineRead("principal", () => _slot.Host.Principal);
    }

    private object Call(GlobalFunction function, object[] arguments)
    {
        var result = function.Body(new(function.Name, [.. arguments.Select(_slot.Values.FromScript)], _slot.Host, _slot.Meter.Pause));
        if (result.AsText() is { } text)
            _slot.Meter.Hold(text.Length);
        return _slot.Values.ToScript(result);
    }

    private void DefineRead(string name, Func<object> read) => _engine.Global.DefineProperty(
        name, new PropertyDescriptor(new GuardFunction(_slot, (_, _) => read()), setter: null, PropertyAttributes.Configurable), throwOnError: true);

    // The global object's members, and what scripts reach only by syntax: the prototypes of iterators.
    private IEnumerable<ObjectInstance> Roots()
    {
        foreach (var key in _engine.Global.OwnKeys.ToList())
        {
            if (_engine.Global.GetOwnPropertyDescriptor(key).Value is ObjectInstance root)
                yield return root;
        }

        foreach (var iterable in (ObjectInstance[])[_engine.Array.New(), _engine.Map.Construct(Undefined.Value), _engine.Set.Construct(Undefined.Value), _engine.String.Construct("")])
        {
            if (TypeUtilities.GetIterator(_engine, iterable) is { } iterator)
                yield return iterator.Prototype;
        }
    }

    private void Close(ObjectInstance o)
    {
        // The original constructors of functions and expressions are out of reach, and stay so.
        if (!_seen.Add(o) || o is VirtualObject || IsReplaced(o))
        {
            ObjectConstructor.PreventExtensions(o);
            return;
        }

        foreach (var key in o.OwnKeys.ToList())
            CloseMember(o, key, keepsEnumerable: true);
        ObjectConstructor.PreventExtensions(o);
        if (o.Prototype is { } prototype)
            Close(prototype);
    }

    private bool IsReplaced(ObjectInstance o) =>
        ReferenceEquals(o, _engine.Function) || ReferenceEquals(o, _engine.RegExp) || ReferenceEquals(o, _engine.Number) || ReferenceEquals(o, _engine.Date);

    private void CloseMember(ObjectInstance o, object key, bool keepsEnumerable)
    {
        var member = o.GetOwnPropertyDescriptor(key);
        var attributes = keepsEnumerable ? member.Attributes & PropertyAttributes.Enumerable : PropertyAttributes.Sealed;
        if (member.IsAccessor)
        {
            o.DefineProperty(key, new PropertyDescriptor(Gate(key, member.Getter), Gate(key, member.Setter), attributes), throwOnError: false);
            return;
        }

        var value = member.Value is FunctionInstance function ? Gate(key, function) : member.Value;
        o.DefineProperty(key, new PropertyDescriptor(value, attributes), throwOnError: false);
        if (value is ObjectInstance inner and not ArrayInstance)
            Close(inner);
    }

    private FunctionInstance? Gate(object key, FunctionInstance? function) => function is ClrStubFunction { IsConstructor: false }
        ? new GatedFunction(_slot, function, key as string ?? "")
        : function;

    // New globals stay possible, as sloppy scripts make them; what is there cannot be changed.
    private void CloseGlobal()
    {
        foreach (var key in _engine.Global.OwnKeys.ToList())
            CloseMember(_engine.Global, key, keepsEnumerable: false);
    }

    private static void Define(ObjectInstance o, string name, object value) =>
        o.DefineProperty(name, new PropertyDescriptor(value, PropertyAttributes.NonEnumerable), throwOnError: true);
}
