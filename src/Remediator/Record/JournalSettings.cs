namespace Remediator.Record;

/// <summary>Where the journal is and how long its parts last.</summary>
internal sealed record JournalSettings(string Table)
{
    /// <summary>Longer than a run may take; a run that outlives it can no longer write.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long closed incidents are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}
