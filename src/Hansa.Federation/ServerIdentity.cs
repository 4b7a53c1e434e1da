using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>What this server calls itself: table ServerIdentification of the FederationSubsystem.</summary>
internal sealed class ServerIdentity(EntityDirectory directory)
{
    /// <summary>The name; "" where none was entered.</summary>
    public string Name => Setting("serverName");

    /// <summary>The description.</summary>
    public string Description => Setting("serverDescription");

    private string Setting(string field) =>
        directory.Find(new(EntityKind.Subsystems, FederationSubsystem.SubsystemName))?.Setting(FederationSubsystem.IdentificationTable, field).ToString() ?? "";
}
