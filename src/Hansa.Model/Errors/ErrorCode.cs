namespace Hansa.Model;

/// <summary>What kind of failure it was, for every door alike. <see cref="ErrorCodes"/> says what each is on REST and on the wire.</summary>
public enum ErrorCode
{
    /// <summary>A value, parameter or document is wrong; the text names it.</summary>
    BadRequest,

    /// <summary>Nobody known asks.</summary>
    Unauthorized,

    /// <summary>The caller is known and may not do this.</summary>
    Forbidden,

    /// <summary>It does not exist, or not for this caller.</summary>
    NotFound,

    /// <summary>The verb does not fit the address.</summary>
    MethodNotAllowed,

    /// <summary>The wanted or given content type is not served.</summary>
    NotAcceptable,

    /// <summary>It exists already.</summary>
    Conflict,

    /// <summary>A stated condition does not hold.</summary>
    PreconditionFailed,

    /// <summary>Larger than a stated limit.</summary>
    TooLarge,

    /// <summary>The content's format is not understood.</summary>
    UnsupportedFormat,

    /// <summary>More than a stated rate.</summary>
    TooManyRequests,

    /// <summary>A user's script failed; the text names service and line.</summary>
    ScriptFailed,

    /// <summary>A fault of the platform itself.</summary>
    Internal,

    /// <summary>Known, and not carried here.</summary>
    NotSupported,

    /// <summary>The other server refused or failed.</summary>
    BadGateway,

    /// <summary>Not running, link down, or a queue is full; nothing was taken.</summary>
    Unavailable,

    /// <summary>No answer in time; what was asked may or may not have happened.</summary>
    Timeout,
}

/// <summary>The one table between failures, HTTP statuses and AlwaysOn codes (design decisions 3, spec alwayson 2).</summary>
public static class ErrorCodes
{
    private static readonly (ErrorCode Code, int Http, byte Wire)[] Table =
    [
        (ErrorCode.BadRequest, 400, 0x80),
        (ErrorCode.Unauthorized, 401, 0x81),
        (ErrorCode.Forbidden, 403, 0x83),
        (ErrorCode.NotFound, 404, 0x84),
        (ErrorCode.MethodNotAllowed, 405, 0x85),
        (ErrorCode.NotAcceptable, 406, 0x86),
        (ErrorCode.Conflict, 409, 0x8c),
        (ErrorCode.PreconditionFailed, 412, 0x8c),
        (ErrorCode.TooLarge, 413, 0x8d),
        (ErrorCode.UnsupportedFormat, 415, 0x8f),
        (ErrorCode.TooManyRequests, 429, 0xa3),
        (ErrorCode.Internal, 500, 0xa0),
        (ErrorCode.ScriptFailed, 500, 0xa0),
        (ErrorCode.NotSupported, 501, 0xa1),
        (ErrorCode.BadGateway, 502, 0xa2),
        (ErrorCode.Unavailable, 503, 0xa3),
        (ErrorCode.Timeout, 504, 0xa4),
    ];

    /// <summary>The HTTP status.</summary>
    public static int ToHttp(this ErrorCode code) => Row(code).Http;

    /// <summary>The AlwaysOn status.</summary>
    public static byte ToWire(this ErrorCode code) => Row(code).Wire;

    /// <summary>The failure that an AlwaysOn status stands for; where several share it, the first of the table.</summary>
    public static ErrorCode FromWire(byte status)
    {
        foreach (var row in Table)
        {
            if (row.Wire == status)
                return row.Code;
        }

        return status == 0x82 ? ErrorCode.BadRequest : ErrorCode.BadGateway;
    }

    private static (ErrorCode Code, int Http, byte Wire) Row(ErrorCode code)
    {
        foreach (var row in Table)
        {
            if (row.Code == code)
                return row;
        }

        throw new ArgumentOutOfRangeException(nameof(code), code, "not in the table");
    }
}
