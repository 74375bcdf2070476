namespace Remediator.Testing.Fakes;

/// <summary>How a call goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>Refused for want of a permission.</summary>
    Deny,

    /// <summary>Too many calls.</summary>
    Throttle,

    /// <summary>An internal error; nothing was done.</summary>
    Transient,

    /// <summary>Answers success and does nothing.</summary>
    DoNothing,

    /// <summary>Does it, and answers an internal error.</summary>
    DoneButFails,

    /// <summary>Does it, late.</summary>
    Delay,

    /// <summary>The connection ends without an answer; nothing was done.</summary>
    Drop,

    /// <summary>Does it, and the connection ends in the middle of the answer.</summary>
    Truncate,
}
