using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn;

/// <summary>Whether an AUTH was accepted.</summary>
public readonly record struct AuthResult
{
    private AuthResult(uint sessionId, string? refusal)
    {
        SessionId = sessionId;
        Refusal = refusal;
    }

    /// <summary>The session's id; 0 where AUTH was refused.</summary>
    public uint SessionId { get; }

    /// <summary>Why it was refused, as the peer may read it.</summary>
    public string? Refusal { get; }

    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => SessionId != 0;

    /// <summary>Accepts under a session id, which is neither 0 nor all ones.</summary>
    public static AuthResult Accept(uint sessionId) => sessionId is 0 or MessageHeader.NoSession
        ? throw new ArgumentOutOfRangeException(nameof(sessionId), sessionId, "means no session")
        : new(sessionId, null);

    /// <summary>Refuses with 81 and a sentence.</summary>
    public static AuthResult Refuse(string sentence) => new(0, sentence);
}
