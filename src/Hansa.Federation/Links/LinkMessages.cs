using Hansa.AlwaysOn;
using Hansa.Model;

namespace Hansa.Federation;

/// <summary>The messages that servers send each other about the link itself.</summary>
internal static class LinkMessages
{
    /// <summary>The subscriber asks for the contracts of names that Things of its own stand for: names in, contracts out.</summary>
    public const string GetContracts = "GetContracts";

    /// <summary>The same for names that nothing stands for: a person looks at what is offered.</summary>
    public const string ShowContracts = "ShowContracts";

    /// <summary>The publisher asks the subscriber who it is, once it is signed in: <see cref="HelloColumns"/> out.</summary>
    public const string Hello = "Hello";

    /// <summary>Who a server is (<see cref="PeerFacts"/>), and its time.</summary>
    public static DataShape HelloColumns { get; } = DataShape.Of(
        ("serverName", BaseType.STRING), ("version", BaseType.STRING), ("time", BaseType.DATETIME), ("serverId", BaseType.STRING), ("boot", BaseType.INTEGER), ("revision", BaseType.INTEGER));

    /// <summary>Either end asks the other to store a number: <see cref="ProbeColumns"/> in, <see cref="ViewColumns"/> out.</summary>
    public const string ProbeName = "Probe";

    private static readonly DataShape ProbeColumns = DataShape.Of(("number", BaseType.LONG), ("view", BaseType.STRING));

    private static readonly DataShape ViewColumns = DataShape.Of(("view", BaseType.STRING), ("highest", BaseType.LONG));

    /// <summary>A probe, with how its sender sees the link.</summary>
    public static RequestMessage Probe(long number, LinkChange view) =>
        Request(ProbeName, new InfoTable.Builder(ProbeColumns).Add(Value.Long(number), Value.String(Text(view))).Build());

    /// <summary>The number of a probe.</summary>
    public static long NumberOf(RequestMessage probe) => probe.Parameters is { RowCount: > 0 } row ? row[0, "number"].AsLong() : 0;

    /// <summary>The answer to a probe.</summary>
    public static InfoTable View(LinkChange? view, long highest) =>
        new InfoTable.Builder(ViewColumns).Add(Value.String(view is null ? "" : Text(view)), Value.Long(highest)).Build();

    /// <summary>The highest number that the other end had stored before the probe.</summary>
    public static long HighestOf(InfoTable? answer) => answer is { RowCount: > 0 } row ? row[0, "highest"].AsLong() : 0;

    /// <summary>How the other end sees the link.</summary>
    public static string ViewOf(InfoTable? answer) => answer is { RowCount: > 0 } row ? row[0, "view"].ToString() : "";

    private static string Text(LinkChange view) => view.Reason.Length == 0 ? view.State.ToString().ToUpperInvariant() : $"{view.State.ToString().ToUpperInvariant()}: {view.Reason}";

    /// <summary>A message of that name.</summary>
    public static RequestMessage Request(string name, InfoTable? parameters = null) =>
        new(Method.Post, EntityKind.Subsystems, FederationSubsystem.SubsystemName, Characteristic.Services, name, parameters);

    /// <summary>Whether a request is about the link.</summary>
    public static bool Is(RequestMessage message, string name) =>
        message is { Kind: EntityKind.Subsystems, Entity: FederationSubsystem.SubsystemName, Characteristic: Characteristic.Services } && message.Target == name;
}
