using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource CurrentSessionInfo: who the caller is, and values that the caller keeps while at work (spec platform 3.7). Open to every user.</summary>
public sealed class CurrentSessionInfoResource(SessionValues session) : Resource
{
    /// <inheritdoc/>
    public override string Name => "CurrentSessionInfo";

    /// <inheritdoc/>
    public override string Description => "Tells who the caller is, and keeps values of the caller's session.";

    [Service("Gives the caller's user name.", Category = "Session", Result = BaseType.USERNAME, Kind = CallKind.Read)]
    public string GetCurrentUser(ServiceContext call) => call.Caller.UserName;

    [Service("Lists the groups that the caller is in.", Category = "Session", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetCurrentUserGroups(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var group in call.Caller.Groups.Order(StringComparer.Ordinal))
            builder.Add(Value.String(group), Value.String(""));
        return builder.Build();
    }

    [Service("Gives all values of the caller's session as one row; a column each.", Category = "Session", Kind = CallKind.Read)]
    public InfoTable GetGlobalSessionValues(ServiceContext call) =>
        InfoTable.Single([.. session.Get(call.Caller.UserName).Select(value => (value.Key, value.Value.BaseType, value.Value))]);

    [Service("Sets a {X} in the caller's session: it is kept in memory until half an hour without use.", Name = "SetGlobalSessionXValue", Category = "Session")]
    [ServiceFamily]
    public void SetGlobalSessionValue(ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string name, Value value) =>
        session.Set(call.Caller.UserName, name, value.IsNull ? value : Coercion.To(value, type, name));
}
