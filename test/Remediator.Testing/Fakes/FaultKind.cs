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
}
