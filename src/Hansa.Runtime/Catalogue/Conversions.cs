using System.Linq.Expressions;
using System.Reflection;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Between C# types of service methods and <see cref="Value"/>s.</summary>
internal static class Conversions
{
    public static BaseType BaseTypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => BaseType.STRING,
        var t when t == typeof(double) => BaseType.NUMBER,
        var t when t == typeof(int) => BaseType.INTEGER,
        var t when t == typeof(long) => BaseType.LONG,
        var t when t == typeof(bool) => BaseType.BOOLEAN,
        var t when t == typeof(DateTimeOffset) => BaseType.DATETIME,
        var t when t == typeof(InfoTable) => BaseType.INFOTABLE,
        var t when t == typeof(Location) => BaseType.LOCATION,
        var t when t == typeof(byte[]) => BaseType.BLOB,
        var t when t == typeof(Value) => BaseType.VARIANT,
        _ => throw new NotSupportedException($"{type} has no base type"),
    };

    public static Value FromConstant(object constant) => constant switch
    {
        string text => Value.String(text),
        double number => Value.Number(number),
        int number => Value.Integer(number),
        long number => Value.Long(number),
        bool flag => Value.Boolean(flag),
        _ => throw new NotSupportedException($"{constant.GetType()} is no default value"),
    };

    public static Expression FromValue(Expression value, Type type, string parameter)
    {
        if (type == typeof(Value))
            return value;
        var underlying = Nullable.GetUnderlyingType(type);
        var read = (underlying ?? type) == typeof(DateTimeOffset)
            ? Expression.Call(typeof(Conversions), nameof(ReadTime), null, value, Expression.Constant(parameter))
            : Expression.Call(typeof(Conversions), ReaderOf(underlying ?? type), null, value);
        return underlying is null ? read : Expression.Condition(
            Expression.Property(value, nameof(Value.IsNull)), Expression.Default(type), Expression.Convert(read, type));
    }

    public static Expression ToResult(MethodCallExpression call, BaseType type)
    {
        var returned = call.Type;
        var typeConstant = Expression.Constant(type);
        if (returned == typeof(void))
            return Expression.Block(call, Expression.Default(typeof(ValueTask<Value>)));
        if (returned == typeof(Task) || returned == typeof(ValueTask))
            return Expression.Call(Method(nameof(Await), returned), call);
        if (returned.IsGenericType && returned.GetGenericTypeDefinition() is { } open && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
        {
            var name = open == typeof(Task<>) ? nameof(AwaitTask) : nameof(AwaitValueTask);
            return Expression.Call(typeof(Conversions), name, returned.GetGenericArguments(), call, typeConstant);
        }

        return Expression.Call(typeof(Conversions), nameof(Completed), [returned], call, typeConstant);
    }

    private static MethodInfo Method(string name, Type parameter) =>
        typeof(Conversions).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic, [parameter])!;

    private static string ReaderOf(Type type) => type switch
    {
        var t when t == typeof(string) => nameof(ReadText),
        var t when t == typeof(double) => nameof(ReadDouble),
        var t when t == typeof(int) => nameof(ReadInt),
        var t when t == typeof(long) => nameof(ReadLong),
        var t when t == typeof(bool) => nameof(ReadBool),
        var t when t == typeof(InfoTable) => nameof(ReadTable),
        var t when t == typeof(Location) => nameof(ReadLocation),
        var t when t == typeof(byte[]) => nameof(ReadBytes),
        _ => throw new NotSupportedException($"{type} has no base type"),
    };

    private static string? ReadText(Value value) => value.AsText();

    private static double ReadDouble(Value value) => value.AsNumber();

    private static int ReadInt(Value value) => (int)value.AsLong();

    private static long ReadLong(Value value) => value.AsLong();

    private static bool ReadBool(Value value) => value.AsBoolean();

    private static DateTimeOffset ReadTime(Value value, string parameter)
    {
        try
        {
            return value.AsDateTime() ?? default;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Errors.Bad($"Parameter '{parameter}': the time {value} is outside the years 1 to 9999.");
        }
    }

    private static InfoTable? ReadTable(Value value) => value.AsTable();

    private static Location? ReadLocation(Value value) => value.AsLocation();

    private static byte[]? ReadBytes(Value value) => value.AsBytes();

    private static Value Write<T>(T result, BaseType type) => result switch
    {
        null => default,
        Value value => value,
        InfoTable table => Value.Table(table),
        string text => Value.Text(text, type),
        bool flag => Value.Boolean(flag),
        double number => Coercion.To(Value.Number(number), type, "result"),
        int number => Coercion.To(Value.Integer(number), type, "result"),
        long number => Coercion.To(Value.Long(number), type, "result"),
        DateTimeOffset time => Value.DateTime(time),
        Location location => Value.Location(location),
        byte[] bytes => Value.Bytes(bytes, type),
        _ => throw new NotSupportedException($"{typeof(T)} is no result of a service"),
    };

    private static ValueTask<Value> Completed<T>(T result, BaseType type) => new(Write(result, type));

    private static async ValueTask<Value> Await(Task task)
    {
        await task;
        return default;
    }

    private static async ValueTask<Value> Await(ValueTask task)
    {
        await task;
        return default;
    }

    private static async ValueTask<Value> AwaitTask<T>(Task<T> task, BaseType type) => Write(await task, type);

    private static async ValueTask<Value> AwaitValueTask<T>(ValueTask<T> task, BaseType type) => Write(await task, type);
}
