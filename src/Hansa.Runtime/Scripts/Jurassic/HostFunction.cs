using System.Text.RegularExpressions;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>The body of a function that C# gives to scripts.</summary>
internal delegate object? HostBody(object self, object[] arguments);

/// <summary>A function of the platform. What it refuses reaches the script as an Error.</summary>
internal sealed class HostFunction(EngineSlot slot, HostBody body) : FunctionInstance(slot.Engine)
{
    public override bool IsConstructor => false;

    public override object CallLateBound(object thisObject, params object[] argumentValues)
    {
        slot.Meter.Enter();
        try
        {
            return body(thisObject, argumentValues) ?? Undefined.Value;
        }
        catch (PlatformException e) when (!slot.Meter.IsExceeded)
        {
            throw slot.Raise(e);
        }
    }
}

/// <summary>
/// A guard: met by guarded code every so often, so without anything that it does not need. Code meets it as a call, as
/// <c>guard[line]</c> or as <c>value instanceof guard</c> (see guard.js).
/// </summary>
/// <param name="slot">Its engine.</param>
/// <param name="body">Gets the value that is looked at, or undefined, and in a call a second one.</param>
internal sealed class GuardFunction(EngineSlot slot, Func<object, object?, object> body) : FunctionInstance(slot.Engine)
{
    public override bool IsConstructor => false;

    public override object CallLateBound(object thisObject, params object[] argumentValues) => body(
        argumentValues.Length > 0 ? argumentValues[0] : Undefined.Value, argumentValues.Length > 1 ? argumentValues[1] : null);

    public override bool HasInstance(object instance)
    {
        slot.GuardLine = slot.StatementLine;
        try
        {
            body(instance, null);
            return true;
        }
        catch (Exception e) when (slot.IsCatchable(e))
        {
            throw slot.Raise(e);
        }
        finally
        {
            slot.GuardLine = 0;
        }
    }

    protected override object GetPropertyValue(uint index, object thisValue)
    {
        slot.GuardLine = (int)index;
        try
        {
            return body(Undefined.Value, null);
        }
        finally
        {
            slot.GuardLine = 0;
        }
    }
}

/// <summary>Notes the line of the statement that begins, as <c>guard[line]</c>.</summary>
internal sealed class StatementGuard(EngineSlot slot) : ObjectInstance(slot.Engine)
{
    protected override object GetPropertyValue(uint index, object thisValue)
    {
        slot.StatementLine = (int)index;
        return Undefined.Value;
    }
}

/// <summary>
/// A built-in of the engine, behind a look at stack, time and memory. All of them are: any may call back into a script
/// (a getter, toString), and a recursion that goes through built-ins only is seen by no other guard.
/// </summary>
internal sealed class GatedFunction(EngineSlot slot, FunctionInstance inner, string name) : FunctionInstance(slot.Engine)
{
    // How many times its input a built-in's result may be.
    private readonly int _growth = name switch
    {
        "encodeURI" or "encodeURIComponent" => 9,
        "escape" => 6,
        "normalize" => 18,
        "toUpperCase" or "toLowerCase" or "toLocaleUpperCase" or "toLocaleLowerCase" => 3,
        _ => 1,
    };

    public override bool IsConstructor => false;

    public override object CallLateBound(object thisObject, params object[] argumentValues)
    {
        var meter = slot.Meter;
        meter.Charge(Size(thisObject) + (argumentValues.Length > 0 ? Size(argumentValues[0]) : 0));
        meter.Enter();
        if (_growth > 1)
            meter.Hold((double)_growth * Math.Max(TextLength(thisObject), argumentValues.Length > 0 ? TextLength(argumentValues[0]) : 0));
        CheckDigits(thisObject, argumentValues);
        try
        {
            var result = inner.CallLateBound(thisObject, argumentValues);
            slot.Digits.Check(result);
            return result;
        }
        catch (RegexMatchTimeoutException) when (slot.Locate())
        {
            throw;
        }
    }

    // Arguments, and the members that built-ins take for numbers, may be texts.
    private void CheckDigits(object self, object[] arguments)
    {
        foreach (var argument in arguments)
        {
            slot.Digits.Check(argument);
            if (name == "parseInt")
                slot.Digits.CheckLetters(argument);
        }

        if (self is RegExpInstance expression)
            slot.Digits.Check(expression["lastIndex"]);
        else if (name is "push" or "pop" && self is ObjectInstance and not ArrayInstance)
            slot.Digits.Check(((ObjectInstance)self)["length"]);
    }

    private static long Size(object? value) => value is ArrayInstance array ? array.Length : TextLength(value);

    private static int TextLength(object? value) => value switch
    {
        string text => text.Length,
        ConcatenatedString text => text.Length,
        _ => 0,
    };
}

/// <summary>What <c>f.bind(self, …)</c> gives.</summary>
/// <remarks>
/// The engine counts calls of a script's own functions; these are counted here, against the same limit. Whether they take stack
/// depends on how well the runtime has compiled them by then.
/// </remarks>
internal sealed class BoundFunction(EngineSlot slot, FunctionInstance target, object self, object[] bound) : FunctionInstance(slot.Engine)
{
    public override object CallLateBound(object thisObject, params object[] argumentValues)
    {
        Enter();
        try
        {
            return target.CallLateBound(self, [.. bound, .. argumentValues]);
        }
        finally
        {
            slot.BoundDepth--;
        }
    }

    public override ObjectInstance ConstructLateBound(FunctionInstance newTarget, params object[] argumentValues)
    {
        Enter();
        try
        {
            return target.ConstructLateBound(ReferenceEquals(newTarget, this) ? target : newTarget, [.. bound, .. argumentValues]);
        }
        finally
        {
            slot.BoundDepth--;
        }
    }

    private void Enter()
    {
        slot.Meter.Enter();
        if (slot.BoundDepth >= slot.Engine.RecursionDepthLimit)
            slot.Meter.EndForDepth(slot.Engine.RecursionDepthLimit);
        slot.BoundDepth++;
    }
}

/// <summary>Stands before a constructor of the engine: what it may be called with is looked at first.</summary>
internal sealed class GuardedConstructor : FunctionInstance
{
    private readonly EngineSlot _slot;
    private readonly FunctionInstance? _inner;
    private readonly Action<object[]> _check;

    /// <summary>Without an inner constructor the check must refuse.</summary>
    public GuardedConstructor(EngineSlot slot, ObjectInstance prototype, FunctionInstance? inner, Action<object[]> check) : base(slot.Engine)
    {
        (_slot, _inner, _check) = (slot, inner, check);
        DefineProperty("prototype", new PropertyDescriptor(prototype, PropertyAttributes.Sealed), throwOnError: true);
        prototype.DefineProperty("constructor", new PropertyDescriptor(this, PropertyAttributes.NonEnumerable), throwOnError: true);
        foreach (var key in inner?.OwnKeys.OfType<string>().ToList() ?? [])
        {
            // What an engine remembers of the last match is another script's.
            var member = inner!.GetOwnPropertyDescriptor(key);
            if (key != "prototype" && !member.IsAccessor)
                DefineProperty(key, new PropertyDescriptor(member.Value, PropertyAttributes.NonEnumerable), throwOnError: true);
        }
    }

    public override object CallLateBound(object thisObject, params object[] argumentValues)
    {
        _slot.Meter.Look();
        _check(argumentValues);
        return _inner!.CallLateBound(Undefined.Value, argumentValues);
    }

    public override ObjectInstance ConstructLateBound(FunctionInstance newTarget, params object[] argumentValues)
    {
        _slot.Meter.Look();
        _check(argumentValues);
        return _inner!.ConstructLateBound(_inner, argumentValues);
    }
}
