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

    /// <summary>How long changes are gathered before subscribers are told (spec platform 1.3).</summary>
    public TimeSpan UpdateInterval => TimeSpan.FromMilliseconds(
        directory.Find(new(EntityKind.Subsystems, FederationSubsystem.SubsystemName))?.Setting(FederationSubsystem.SettingsTable, "updateInterval").AsLong() ?? 100);

    private string Setting(string field) =>
        directory.Find(new(EntityKind.Subsystems, FederationSubsystem.SubsystemName))?.Setting(FederationSubsystem.IdentificationTable, field).ToString() ?? "";
}
