namespace Hansa.AlwaysOn;

/// <summary>What a connection asks of its owner. One handler may serve many connections.</summary>
/// <remarks>
/// Messages are <em>started</em> one after another in the order they came: a method is called, and what it does
/// before its first
/// await is done, before the next message is looked at. They end in any order. The token is cancelled when the
/// connection ends.
/// A <see cref="Model.PlatformException"/> becomes its status and sentence, any other exception a0 without details
/// and a call of
/// <see cref="Faulted"/>.
/// </remarks>
public interface IConnectionHandler
{
    /// <summary>
    /// Server end: says who the peer is. Nothing else is read until this ends. A second AUTH on one socket is normal.
    /// </summary>
    ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken);

    /// <summary>Server end: binds or unbinds names; one status for the whole message.</summary>
    ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Server end: called once the success of a BIND or UNBIND has been written, so that what is sent now comes after
    /// it.
    /// </summary>
    ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken);

    /// <summary>Answers a GET, PUT, POST or DELETE.</summary>
    ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken);

    /// <summary>For the log: a fault in this handler, or a message that could not be read. The connection goes on.</summary>
    void Faulted(AlwaysOnConnection connection, Exception exception);

    /// <summary>The connection has ended; called once, last. No reason means that one of the ends wanted it.</summary>
    void Closed(AlwaysOnConnection connection, Exception? reason);
}
