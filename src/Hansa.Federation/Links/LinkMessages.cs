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

    /// <summary>A message of that name.</summary>
    public static RequestMessage Request(string name, InfoTable? parameters = null) =>
        new(Method.Post, EntityKind.Subsystems, FederationSubsystem.SubsystemName, Characteristic.Services, name, parameters);

    /// <summary>Whether a request is about the link.</summary>
    public static bool Is(RequestMessage message, string name) =>
        message is { Kind: EntityKind.Subsystems, Entity: FederationSubsystem.SubsystemName, Characteristic: Characteristic.Services } && message.Target == name;
}
