using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Resource SessionFunctions: who is signed in with a browser (spec platform 7.8).</summary>
internal sealed class SessionFunctionsResource(WebSessions sessions) : Resource
{
    private static readonly DataShape SessionRows = DataShape.Of(
        ("id", BaseType.STRING), ("userName", BaseType.USERNAME), ("address", BaseType.STRING), ("started", BaseType.DATETIME), ("lastUsed", BaseType.DATETIME), ("expires", BaseType.DATETIME));

    /// <inheritdoc/>
    public override string Name => "SessionFunctions";

    /// <inheritdoc/>
    public override string Description => "Tells who is signed in with a browser, and ends sessions.";

    [Service("Lists the sessions of browsers, the one used last first; expires is when one ends if nothing more is asked.", Category = "Sessions", Kind = CallKind.Read)]
    public InfoTable GetSessions(ServiceContext call)
    {
        var builder = new InfoTable.Builder(SessionRows);
        foreach (var session in sessions.All.OrderByDescending(session => session.Used))
        {
            builder.Add(
                Value.String(session.Id.ToString()), Value.Text(session.UserName, BaseType.USERNAME), Value.String(session.From?.ToString()), Value.DateTime(session.Started),
                Value.DateTime(session.Used), Value.DateTime(sessions.Expires(session)));
        }

        return builder.Build();
    }

    [Service("Ends a session of a browser at once; its user can sign in again.", Category = "Sessions", Requires = Permission.Update)]
    public void EndSession(ServiceContext call, [Parameter(IsRequired = true, Description = "As GetSessions tells it.")] string id)
    {
        if (!Guid.TryParse(id, out var wanted) || !sessions.End(wanted))
            throw new PlatformException(ErrorCode.NotFound, $"There is no session [{id}]; it may have ended.");
    }
}
