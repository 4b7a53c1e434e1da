using System.Net;

namespace Hansa.Web;

/// <summary>Somebody signed in with a browser.</summary>
internal sealed class WebSession(string userName, IPAddress? from, DateTimeOffset started, CancellationTokenSource ending)
{
    private long _used = started.UtcTicks;

    /// <summary>Tells it from others; it opens nothing.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public string UserName => userName;

    /// <summary>The address it was begun from.</summary>
    public IPAddress? From => from;

    public DateTimeOffset Started => started;

    public DateTimeOffset Used
    {
        get => new(Volatile.Read(ref _used), TimeSpan.Zero);
        set => Volatile.Write(ref _used, value.UtcTicks);
    }

    /// <summary>Cancelled when the session is over.</summary>
    public CancellationToken Ended => ending.Token;

    /// <summary>Tells those who go on in its name that it is over.</summary>
    public void End() => ending.Cancel();
}
