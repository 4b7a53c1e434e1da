using System.Linq.Expressions;
using System.Reflection;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Reads the services of a <see cref="BuiltIn"/> off its methods, once at start.</summary>
internal static class ServiceReflector
{
    public static IEnumerable<BoundService> ServicesOf(BuiltIn owner)
    {
        foreach (var method in owner.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.FlattenHierarchy))
        {
            if (method.GetCustomAttribute<ServiceAttribute>() is not { } attribute)
                continue;
            if (method.GetCustomAttribute<ServiceFamilyAttribute>() is not { } family)
            {
                yield return Bind(owner, method, attribute, null);
                continue;
            }

            foreach (var kind in HistoryTypes.All.Where(kind => !family.Except.Contains(kind.Type)))
                yield return Bind(owner, method, attribute, new(kind.Name, kind.Type));
        }
    }

    private static BoundService Bind(BuiltIn owner, MethodInfo method, ServiceAttribute attribute, FamilyMember? member)
    {
        var parameters = ArgumentsOf(method.GetParameters().Where(IsArgument)).Select((parameter, ordinal) => Parameter(parameter, ordinal, member)).ToList();
        var result = ResultOf(method, attribute, member);
        var definition = new ServiceDefinition(member.Name(attribute.Name ?? method.Name), [.. parameters], result)
        {
            Description = member is null ? attribute.Description : attribute.Description.Replace("{X}", member.Type.Name(), StringComparison.Ordinal),
            Category = attribute.Category,
            Requires = attribute.Requires,
            Kind = attribute.Kind,
            IsLocalOnly = attribute.IsLocalOnly || attribute.Requires is not (Permission.ServiceInvoke or Permission.None),
            MayWait = attribute.MayWait,
            IsRelayed = attribute.Twin is TwinRule.Relayed or TwinRule.LocalIfShaped,
            RunsWhenStopped = attribute.RunsWhenStopped,
        };
        return new(definition, new MethodHandler(owner, method, result.BaseType, member?.Type))
        {
            Twin = attribute.Twin,
            AbsentOnTwin = [.. method.GetParameters().Where(parameter => parameter.GetCustomAttribute<ParameterAttribute>() is { IsAbsentOnTwin: true }).Select(parameter => parameter.Name!)],
            Accept = attribute.Accept is null ? null : owner.GetType()
                .GetMethod(attribute.Accept, BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
                .CreateDelegate<Action<ServiceContext, Value[]>>(owner),
        };
    }

    private static IEnumerable<ParameterInfo> ArgumentsOf(IEnumerable<ParameterInfo> parameters) =>
        parameters.SelectMany(parameter => Group(parameter.ParameterType) is { } group ? group.GetParameters() : [parameter]);

    // The constructor whose parameters stand in the place of one.
    private static ConstructorInfo? Group(Type type) => type.IsDefined(typeof(ParameterGroupAttribute)) ? type.GetConstructors().Single() : null;

    private static bool IsArgument(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(ServiceContext) && parameter.ParameterType != typeof(BaseType) && parameter.ParameterType != typeof(CancellationToken);

    private static FieldDefinition Parameter(ParameterInfo parameter, int ordinal, FamilyMember? member)
    {
        var attribute = parameter.GetCustomAttribute<ParameterAttribute>();
        var type = attribute is { Type: not BaseType.NOTHING } ? attribute.Type
            : member is not null && parameter.ParameterType == typeof(Value) ? member.Type
            : Conversions.BaseTypeOf(parameter.ParameterType);
        var aspects = Aspects.None;
        if (attribute?.Shape is { } shape)
            aspects = aspects.With("dataShape", Value.String(shape));
        if (attribute is { IsRequired: true })
            aspects = aspects.With("isRequired", Value.Boolean(true));
        if (parameter is { HasDefaultValue: true, DefaultValue: { } given })
            aspects = aspects.With("defaultValue", Conversions.FromConstant(given));
        return new(parameter.Name!, type, attribute?.Description ?? "", ordinal) { Aspects = aspects };
    }

    private static FieldDefinition ResultOf(MethodInfo method, ServiceAttribute attribute, FamilyMember? member)
    {
        var returned = method.ReturnType;
        if (returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            returned = returned.GetGenericArguments()[0];
        var type = attribute.Result != BaseType.NOTHING ? attribute.Result
            : returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask) ? BaseType.NOTHING
            : member is not null && returned == typeof(Value) ? member.Type
            : Conversions.BaseTypeOf(returned);
        var aspects = attribute.ResultShape is { } shape ? Aspects.Of(("dataShape", Value.String(member.Name(shape)))) : Aspects.None;
        return new("result", type) { Aspects = aspects };
    }

    private static string Name(this FamilyMember? member, string pattern) => member is null ? pattern : pattern.Replace("X", member.Word, StringComparison.Ordinal);

    private sealed record FamilyMember(string Word, BaseType Type);

    /// <summary>Calls the method through a delegate that is compiled at the first call.</summary>
    private sealed class MethodHandler(BuiltIn owner, MethodInfo method, BaseType result, BaseType? kind) : IServiceHandler
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
            var actual = method.GetParameters().Select<ParameterInfo, Expression>(parameter =>
                parameter.ParameterType == typeof(ServiceContext) ? context
                : parameter.ParameterType == typeof(CancellationToken) ? token
                : parameter.ParameterType == typeof(BaseType) ? Expression.Constant(kind!.Value)
                : Group(parameter.ParameterType) is { } group ? Expression.New(group, group.GetParameters().Select(Argument))
                : Argument(parameter)).ToList();
            var call = Expression.Call(Expression.Constant(owner), method, actual);
            return Expression.Lambda<Func<ServiceContext, Value[], CancellationToken, ValueTask<Value>>>(
                Conversions.ToResult(call, result), context, arguments, token).Compile();

            Expression Argument(ParameterInfo parameter) =>
                Conversions.FromValue(Expression.ArrayIndex(arguments, Expression.Constant(next++)), parameter.ParameterType, parameter.Name!);
        }
    }
}
