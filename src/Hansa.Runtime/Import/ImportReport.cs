using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What an import does with an entity of its file.</summary>
public enum ImportOutcome
{
    /// <summary>It is made.</summary>
    Created,

    /// <summary>It is there and gets the file's definition.</summary>
    Replaced,

    /// <summary>This server does not keep such entities.</summary>
    PassedOver,

    /// <summary>It cannot be imported, and so nothing of the file is.</summary>
    Failed,
}

/// <summary>What becomes of one entity of a file.</summary>
/// <param name="Line">Its line in the file, the first is 1; 0 where the file as a whole is meant.</param>
/// <param name="Type">Its type: Thing, User …</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What is done with it.</param>
/// <param name="Reason">Why it fails; "" for the others.</param>
public readonly record struct ImportLine(int Line, string Type, string Name, ImportOutcome Outcome, string Reason = "")
{
    /// <inheritdoc/>
    public override string ToString() => Outcome switch
    {
        ImportOutcome.PassedOver => $"{Type} [{Name}] was passed over: this server does not keep {Type} yet.",
        ImportOutcome.Failed => Line == 0 ? Reason : $"Line {Line}: {Type} [{Name}]: {Reason}",
        _ => $"{Type} [{Name}] imported.",
    };
}

/// <summary>What becomes of the entities of a file.</summary>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines)
{
    /// <summary>What cannot be imported.</summary>
    internal IEnumerable<ImportLine> Faults => Lines.Where(line => line.Outcome == ImportOutcome.Failed);

    /// <summary>Refuses a file with faults.</summary>
    /// <exception cref="PlatformException">BadRequest that lists every fault.</exception>
    internal void ThrowIfFailed()
    {
        if (Faults.Any())
            throw Errors.Bad($"The file cannot be imported; nothing was changed.\n{string.Join('\n', Faults)}");
    }
}
