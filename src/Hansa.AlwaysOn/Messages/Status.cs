namespace Hansa.AlwaysOn;

/// <summary>
/// How a request ended (spec alwayson 2). <see cref="Hansa.Model.ErrorCodes"/> says what failure each stands for.
/// </summary>
public enum Status : byte
{
    /// <summary>Done.</summary>
    Success = 0x40,

    /// <summary>The request or a value in it is wrong.</summary>
    BadRequest = 0x80,

    /// <summary>Not authenticated, or the key is not known.</summary>
    Unauthorized = 0x81,

    /// <summary>An option is wrong.</summary>
    BadOption = 0x82,

    /// <summary>Known, and not allowed.</summary>
    Forbidden = 0x83,

    /// <summary>No such entity, property or service.</summary>
    NotFound = 0x84,

    /// <summary>The method does not fit the target.</summary>
    MethodNotAllowed = 0x85,

    /// <summary>Not acceptable.</summary>
    NotAcceptable = 0x86,

    /// <summary>A condition does not hold, or it exists already.</summary>
    PreconditionFailed = 0x8c,

    /// <summary>Above a limit of size.</summary>
    EntityTooLarge = 0x8d,

    /// <summary>The content's format is not understood.</summary>
    UnsupportedContentFormat = 0x8f,

    /// <summary>A fault of the end that was asked.</summary>
    InternalServerError = 0xa0,

    /// <summary>Known, and not carried.</summary>
    NotImplemented = 0xa1,

    /// <summary>An end behind the one that was asked failed.</summary>
    BadGateway = 0xa2,

    /// <summary>Not now; nothing was taken.</summary>
    ServiceUnavailable = 0xa3,

    /// <summary>No answer in time.</summary>
    GatewayTimeout = 0xa4,
}
