using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource CurrentSessionInfo: who the caller is. Open to every user.</summary>
public sealed class CurrentSessionInfoResource : Resource
{
    /// <inheritdoc/>
    public override string Name => "CurrentSessionInfo";

    /// <inheritdoc/>
    public override string Description => "Tells who the caller is.";

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
}
