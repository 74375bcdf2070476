namespace Remediator.Function.Runtime;

/// <summary>What became of an answer that was handed to the Runtime API.</summary>
internal enum Delivery
{
    Accepted,

    /// <summary>413: larger than Lambda takes; the invocation still waits for an answer.</summary>
    TooLarge,

    /// <summary>The Runtime API no longer knows the invocation, or takes no answer for it.</summary>
    Refused,
}
