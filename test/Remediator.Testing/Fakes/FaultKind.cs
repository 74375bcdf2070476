namespace Remediator.Testing.Fakes;

/// <summary>How a call fails.</summary>
internal enum FaultKind
{
    /// <summary>Denied because a permission is missing.</summary>
    Deny,

    /// <summary>Too many calls.</summary>
    Throttle,

    /// <summary>An internal error; nothing was done.</summary>
    Transient,

    /// <summary>Reports success and does nothing.</summary>
    DoNothing,

    /// <summary>Takes effect, but reports an internal error.</summary>
    DoneButFails,

    /// <summary>Takes effect late.</summary>
    Delay,

    /// <summary>The connection ends without a response; nothing was done.</summary>
    Drop,

    /// <summary>Takes effect, and the connection ends during the response.</summary>
    Truncate,
}
