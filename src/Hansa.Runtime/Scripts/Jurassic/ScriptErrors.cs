using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>Errors as scripts know them, which they may catch.</summary>
internal static class ScriptErrors
{
    /// <summary>Something was used as what it is not.</summary>
    public static JavaScriptException Type(string message) => new(ErrorType.TypeError, message);

    /// <summary>A number or a size is out of its bounds.</summary>
    public static JavaScriptException Range(string message) => new(ErrorType.RangeError, message);
}
