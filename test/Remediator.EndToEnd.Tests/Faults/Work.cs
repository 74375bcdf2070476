namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>What a process is killed in the middle of.</summary>
internal enum Work
{
    /// <summary>A worker answers an event.</summary>
    Event,

    /// <summary>Operate undoes what was changed.</summary>
    Undo,

    /// <summary>Operate rolls back what a person named, under a policy that only looks.</summary>
    Order,
}
