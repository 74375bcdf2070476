namespace Remediator.Incidents;

/// <summary>One line of an incident's history: ids and decisions, never payloads.</summary>
internal sealed record Entry(DateTimeOffset At, EntryKind Kind, string What) : Stored;

/// <summary>What a line of an incident's history is about.</summary>
internal enum EntryKind
{
    /// <summary>Something that was found or left as it is.</summary>
    Noted,

    /// <summary>A plan was made, and nothing changed.</summary>
    Planned,

    /// <summary>A change began, or went on.</summary>
    Applying,

    /// <summary>A runbook was started, or was seen to end.</summary>
    Runbook,

    /// <summary>The setting was read and found right.</summary>
    Right,

    /// <summary>It has to wait.</summary>
    Waiting,

    /// <summary>It was put back, or could not be.</summary>
    Undo,

    Escalated,

    /// <summary>People were told, or could not be.</summary>
    Told,

    /// <summary>A person's word.</summary>
    Person,

    Closed,
}
