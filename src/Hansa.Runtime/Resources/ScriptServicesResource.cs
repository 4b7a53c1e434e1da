using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Scripts;

namespace Hansa.Runtime;

/// <summary>Resource ScriptServices: looks at scripts without running them (spec platform 3.7).</summary>
public sealed class ScriptServicesResource(IScriptEngine engine) : Resource
{
    /// <inheritdoc/>
    public override string Name => "ScriptServices";

    /// <inheritdoc/>
    public override string Description => "Checks scripts.";

    [Service("Tells whether a script could be saved: isValid, and where it could not, line (0 where it concerns the whole script) and message.", Category = "Scripts",
        Result = BaseType.JSON, Kind = CallKind.Read)]
    public async Task<string> CheckScript(ServiceContext call, [Parameter(IsRequired = true)] string script, CancellationToken cancellationToken)
    {
        try
        {
            await engine.CompileAsync("script", script, [], cancellationToken);
            return new JsonObject { ["isValid"] = true }.ToJsonString();
        }
        catch (PlatformException e) when (e.Code == ErrorCode.BadRequest && ScriptFailure.LineOf(e) is { } line)
        {
            return new JsonObject { ["isValid"] = false, ["line"] = line, ["message"] = e.Message }.ToJsonString();
        }
    }
}
