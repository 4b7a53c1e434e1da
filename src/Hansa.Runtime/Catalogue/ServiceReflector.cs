using System.Linq.Expressions;
using System.Reflection;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Reads the services of a <see cref="BuiltIn"/> off its methods, once at start.</summary>
internal static class ServiceReflector
{
    public static IEnumerable<BoundService> ServicesOf(BuiltIn owner)
    {
        foreach (var method in owner.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.FlattenHierarchy))
        {
            if (method.GetCustomAttribute<ServiceAttribute>() is { } attribute)
                yield return Bind(owner, method, attribute);
        }
    }

    private static BoundService Bind(BuiltIn owner, MethodInfo method, ServiceAttribute attribute)
    {
        var parameters = method.GetParameters().Where(IsArgument).Select(Parameter).ToList();
        var result = ResultOf(method, attribute);
        var definition = new ServiceDefinition(method.Name, [.. parameters], result)
        {
            Description = attribute.Description,
            Category = attribute.Category,
            Requires = attribute.Requires,
            Kind = attribute.Kind,
            IsLocalOnly = attribute.IsLocalOnly || attribute.Requires is not (Permission.ServiceInvoke or Permission.None),
            IsRelayed = attribute.Twin is TwinRule.Relayed or TwinRule.LocalIfShaped,
            RunsWhenStopped = attribute.RunsWhenStopped,
        };
        return new(definition, new MethodHandler(owner, method, result.BaseType))
        {
            Twin = attribute.Twin,
            AbsentOnTwin = [.. method.GetParameters().Where(parameter => parameter.GetCustomAttribute<ParameterAttribute>() is { IsAbsentOnTwin: true }).Select(parameter => parameter.Name!)],
            Accept = attribute.Accept is null ? null : owner.GetType()
                .GetMethod(attribute.Accept, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
                .CreateDelegate<Action<ServiceContext, Value[]>>(owner),
        };
    }

    private static bool IsArgument(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(ServiceContext) && parameter.ParameterType != typeof(CancellationToken);

    private static FieldDefinition Parameter(ParameterInfo parameter, int ordinal)
    {
        var attribute = parameter.GetCustomAttribute<ParameterAttribute>();
        var type = attribute is { Type: not BaseType.NOTHING } ? attribute.Type : Conversions.BaseTypeOf(parameter.ParameterType);
        var aspects = Aspects.None;
        if (attribute?.Shape is { } shape)
            aspects = aspects.With("dataShape", Value.String(shape));
        if (attribute is { IsRequired: true })
            aspects = aspects.With("isRequired", Value.Boolean(true));
        if (parameter is { HasDefaultValue: true, DefaultValue: { } given })
            aspects = aspects.With("defaultValue", Conversions.FromConstant(given));
        return new(parameter.Name!, type, attribute?.Description ?? "", ordinal) { Aspects = aspects };
    }

    private static FieldDefinition ResultOf(MethodInfo method, ServiceAttribute attribute)
    {
        var returned = method.ReturnType;
        if (returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            returned = returned.GetGenericArguments()[0];
        var type = attribute.Result != BaseType.NOTHING ? attribute.Result
            : returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask) ? BaseType.NOTHING
            : Conversions.BaseTypeOf(returned);
        var aspects = attribute.ResultShape is { } shape ? Aspects.Of(("dataShape", Value.String(shape))) : Aspects.None;
        return new("result", type) { Aspects = aspects };
    }

    /// <summary>Calls the method through a delegate that is compiled at the first call.</summary>
    private sealed class MethodHandler(BuiltIn owner, MethodInfo method, BaseType result) : IServiceHandler
    {
        private Func<ServiceContext, Value[], CancellationToken, ValueTask<Value>>? _call;

        public ValueTask<Value> InvokeAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken) =>
            (_call ??= Compile())(context, arguments, cancellationToken);

        private Func<ServiceContext, Value[], CancellationToken, ValueTask<Value>> Compile()
        {
            var context = Expression.Parameter(typeof(ServiceContext));
            var arguments = Expression.Parameter(typeof(Value[]));
            var token = Expression.Parameter(typeof(CancellationToken));
            var next = 0;
            var actual = method.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(ServiceContext) ? context
                : parameter.ParameterType == typeof(CancellationToken) ? token
                : Conversions.FromValue(Expression.ArrayIndex(arguments, Expression.Constant(next++)), parameter.ParameterType, parameter.Name!)).ToList();
            var call = Expression.Call(Expression.Constant(owner), method, actual);
            return Expression.Lambda<Func<ServiceContext, Value[], CancellationToken, ValueTask<Value>>>(
                Conversions.ToResult(call, result), context, arguments, token).Compile();
        }
    }
}
