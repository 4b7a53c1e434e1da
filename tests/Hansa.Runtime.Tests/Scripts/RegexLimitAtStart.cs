using System.Runtime.CompilerServices;
using Hansa.Runtime.Scripts;

namespace Hansa.Runtime.Tests.Scripts;

internal static class RegexLimitAtStart
{
#pragma warning disable CA2255 // The limit holds for a process, and only when set before its first regular expression.
    [ModuleInitializer]
    internal static void Apply() => RegexLimit.Apply();
#pragma warning restore CA2255
}
