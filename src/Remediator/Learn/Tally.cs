using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>What incidents add up to.</summary>
internal sealed record Tally
{
    public int Incidents { get; init; }

    /// <summary>Changed by the service and read back right.</summary>
    public int Fixed { get; init; }

    /// <summary>Read right without a change.</summary>
    public int AlreadyRight { get; init; }

    public int Asked { get; init; }

    public int Approved { get; init; }

    /// <summary>Put back at a person's word.</summary>
    public int Undone { get; init; }

    public int Escalated { get; init; }

    /// <summary>Only looked at: the policy let nothing more be done.</summary>
    public int Observed { get; init; }

    /// <summary>Waiting for a person now.</summary>
    public int Waiting { get; init; }

    public int Open { get; init; }

    /// <summary>How often a fix of ours was found wrong again.</summary>
    public int Reverts { get; init; }

    /// <summary>Settled, and not only observed.</summary>
    public int Settled { get; init; }

    /// <summary>
    /// Those, and what is open where a person was asked, called, or gave a command: what <see cref="Alone"/> is a share of.
    /// </summary>
    public int Decided { get; init; }

    /// <summary>Fixed or already right with nobody asked, called, or giving a command.</summary>
    public int Alone { get; init; }

    /// <summary>Fixed with nobody asked, called, or giving a command; whether settled or not.</summary>
    public int FixedAlone { get; init; }

    /// <summary>Asked about, and nobody was called.</summary>
    public int AskedOnly { get; init; }

    /// <summary>Fixes that nobody had undone.</summary>
    public int Kept { get; init; }

    /// <summary>From the first event to what was read back.</summary>
    public Times ToRemediate { get; init; } = Times.None;

    /// <summary>From what was read back to Config's word.</summary>
    public Times ToConfirm { get; init; } = Times.None;

    /// <summary>Null where nothing is decided.</summary>
    public double? AloneShare => Decided == 0 ? null : (double)Alone / Decided;

    public double HoursSaved(int minutesPerChange) => Kept * minutesPerChange / 60.0;

    public static Tally Of(IReadOnlyCollection<Digest> of) => new()
    {
        Incidents = of.Count,
        Fixed = of.Count(IsFixed),
        AlreadyRight = of.Count(d => d.Course.IsAlreadyRight && !IsFixed(d)),
        Asked = of.Count(d => d.Course.IsAsked),
        Approved = of.Count(d => d.Course.IsApproved),
        Undone = of.Count(d => d.Course.Undone > 0),
        Escalated = of.Count(d => d.Course.Escalated is not null),
        Observed = of.Count(IsOnlyObserved),
        Waiting = of.Count(d => d.NeedsPerson),
        Open = of.Count(d => d.IsOpen),
        Reverts = of.Sum(d => d.Course.Reverts + (d.Course.IsRevert ? 1 : 0)),
        Settled = of.Count(d => d.IsSettled && !IsOnlyObserved(d)),
        Decided = of.Count(d => !IsOnlyObserved(d) && (d.IsSettled || !d.Course.IsAlone)),
        Alone = of.Count(d => d.IsSettled && d.Course.IsAlone && (IsFixed(d) || d.Course.IsAlreadyRight)),
        FixedAlone = of.Count(d => IsFixed(d) && d.Course.IsAlone),
        AskedOnly = of.Count(d => d.Course is { IsAsked: true, Escalated: null }),
        Kept = of.Count(d => IsFixed(d) && d.Course.Undone == 0),
        ToRemediate = Times.Of(from d in of
                               where IsFixed(d) && d.Course.RightAt >= d.OpenedAt
                               select d.Course.RightAt!.Value - d.OpenedAt),
        ToConfirm = Times.Of(from d in of
                             where d is { IsOpen: false, Course.IsConfirmed: true } && d.FixedAt <= d.ChangedAt
                             select d.ChangedAt - d.FixedAt!.Value),
    };

    private static bool IsFixed(Digest d) => d.Course.Fixes > 0;

    private static bool IsOnlyObserved(Digest d) =>
        d.Course is { IsObserved: true, Fixes: 0, IsAsked: false, Escalated: null, IsAlreadyRight: false };
}

/// <summary>Times, by what half of them and nine of ten do not exceed: exact, for every time is known.</summary>
internal sealed record Times(int Count, TimeSpan Median, TimeSpan P90)
{
    public static Times None { get; } = new(0, TimeSpan.Zero, TimeSpan.Zero);

    public static Times Of(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted is [] ? None : new(sorted.Length, At(sorted, 0.5), At(sorted, 0.9));
    }

    // The nearest rank: a time that was really measured.
    private static TimeSpan At(TimeSpan[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
