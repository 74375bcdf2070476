using Remediator.Guard;

namespace Remediator.Record;

/// <summary>Where the journal is and how long its parts last.</summary>
internal sealed record JournalSettings(string Table)
{
    /// <summary>Longer than the function may run: when it is over, the worker is gone, or can no longer write.</summary>
    public TimeSpan LeaseTime { get; init; } = Limits.LeaseTime;

    /// <summary>Until when items without a seal are read, which a version before seals wrote; null for never.</summary>
    public DateTimeOffset? UnsealedUntil { get; init; }

    /// <summary>How long closed incidents are kept.</summary>
    public TimeSpan Retention { get; init; } = Limits.Retention;
}
