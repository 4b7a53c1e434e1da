using System.Collections.Immutable;

namespace Hansa.AlwaysOn;

/// <summary>BIND or UNBIND of names (spec alwayson 3.3). Answered with success also for names that nobody knows.</summary>
/// <param name="Names">Names of Things, or <c>*</c> and an identifier; at most 65,535.</param>
/// <param name="Gateway">Set by a gateway that speaks for others.</param>
/// <param name="IsUnbind">Whether the binding is taken back.</param>
public sealed record BindMessage(ImmutableArray<string> Names, Gateway? Gateway = null, bool IsUnbind = false);

/// <summary>Who binds for others: information, no more.</summary>
public sealed record Gateway(string Name, string Type);
