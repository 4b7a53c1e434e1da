using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>Compiles and runs the JavaScript of services. Behind it stands one JavaScript engine; nothing else knows which.</summary>
/// <remarks>Safe for many callers. Scripts run on threads of their own, see <see cref="ScriptThread"/>.</remarks>
public interface IScriptEngine
{
    /// <summary>Checks a service's source and makes it ready to run; the same source is done once, and found again by its hash.</summary>
    /// <param name="service"><c>Thing.Service</c>, for the texts of errors.</param>
    /// <param name="source">The author's JavaScript; it assigns <c>result</c>.</param>
    /// <param name="parameterNames">Names of the parameters, which the script sees as variables.</param>
    /// <param name="cancellationToken">Gives up the wait for a script thread; a compilation under way is finished and kept.</param>
    /// <exception cref="PlatformException">BadRequest that names the service, the line and the reason; Unavailable where all threads are taken.</exception>
    ValueTask<ScriptProgram> CompileAsync(
        string service, string source, IReadOnlyList<string> parameterNames, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a program on a script thread and gives the value of <c>result</c>, as the script left it: the caller coerces it.
    /// Called from a script thread (a service that calls a service) it runs there and then, within the outer call's limits.
    /// </summary>
    /// <param name="program">What <see cref="CompileAsync"/> gave.</param>
    /// <param name="frame">Whose service, its arguments and what it may reach.</param>
    /// <param name="cancellationToken">Ends the script at its next guard.</param>
    /// <exception cref="PlatformException">
    /// ScriptFailed naming service and line; or, where the platform refused something and the script did not catch it,
    /// that refusal's own code; Unavailable where the queue of calls is full.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<Value> RunAsync(ScriptProgram program, ScriptFrame frame, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a source that came with a call, once, and gives the value of <c>result</c>. It reaches nothing of the platform, no cache
    /// keeps it beyond this process, and limits are those of any script.
    /// </summary>
    /// <param name="resource">The resource whose service runs it, for the texts of errors.</param>
    /// <param name="service">That service.</param>
    /// <param name="source">JavaScript that assigns <c>result</c>.</param>
    /// <param name="arguments">Its variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PlatformException">As of <see cref="CompileAsync"/> and <see cref="RunAsync"/>.</exception>
    ValueTask<Value> EvaluateAsync(
        string resource, string service, string source, IReadOnlyList<KeyValuePair<string, Value>> arguments, CancellationToken cancellationToken);

    /// <summary>Loads the parser and one engine ahead of the first call, which would wait about a second for them otherwise.</summary>
    /// <param name="cancellationToken">Gives up the wait.</param>
    ValueTask WarmUpAsync(CancellationToken cancellationToken);
}
