using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>How far a rising rollout of the policy is, as the journal keeps it.</summary>
internal sealed record RolloutState : Stored
{
    private const int MostLines = 30;

    /// <summary>Made from what the policy says: other terms are another rollout.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about and how it rises, as one would write it.</summary>
    public required string About { get; init; }

    /// <summary>The team that hears when it is held.</summary>
    public string Owner { get; init => field = value ?? ""; } = "";

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The share in force, in percent: it has risen so far, and no further before the sweep looked at what became of it.</summary>
    public required int Share { get; init; }

    /// <summary>The share that it rises from.</summary>
    public required int From { get; init; }

    /// <summary>When it began to rise from there.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it does not rise; null while it may.</summary>
    public RolloutHold? Held { get; init; }

    /// <summary>What had happened when a person let it go on: it is not held against it again.</summary>
    public RolloutCounts Seen { get; init => field = value ?? RolloutCounts.None; } = RolloutCounts.None;

    public ImmutableArray<Entry> Entries { get; init => field = value.IsDefault ? [] : value; } = [];

    public RolloutState Noted(EntryKind kind, string what, DateTimeOffset at) => this with
    {
        Entries = [.. Entries.Skip(Entries.Length < MostLines ? 0 : 1), new(at, kind, what)],
    };

    /// <summary>From now on it rises from where it is: the time before counts no more.</summary>
    public RolloutState RisingFrom(DateTimeOffset now) => this with { From = Share, Since = now };
}

/// <summary>A rollout that does not rise: because of what became of its changes, or at a person's word.</summary>
internal sealed record RolloutHold(DateTimeOffset At, string Why) : Stored
{
    /// <summary>Whether its owner was told, or does not have to be.</summary>
    public bool IsTold { get; init; }
}

/// <summary>What became of the changes under a rollout.</summary>
/// <param name="Changes">Incidents that were changed, or that it was tried for.</param>
/// <param name="Failures">Of these, where the change failed.</param>
/// <param name="Undos">Of these, those that were put back after the fix.</param>
/// <param name="Reverts">How often a fix was found wrong again.</param>
internal sealed record RolloutCounts(int Changes, int Failures, int Undos, int Reverts) : Stored
{
    public static RolloutCounts None { get; } = new(0, 0, 0, 0);

    public RolloutCounts Since(RolloutCounts seen) => new(
        Math.Max(0, Changes - seen.Changes),
        Math.Max(0, Failures - seen.Failures),
        Math.Max(0, Undos - seen.Undos),
        Math.Max(0, Reverts - seen.Reverts));
}

/// <summary>How far the rollouts are, as they were read last.</summary>
/// <param name="Version">Rises with each write.</param>
/// <param name="Items">Those that began.</param>
internal sealed record RolloutBook(long Version, ImmutableArray<RolloutState> Items)
{
    public static RolloutBook Empty { get; } = new(0, []);

    /// <summary>Why the item counts for nothing, and no resource is of a rising share; null where it can be believed.</summary>
    public string? Unbelieved { get; init; }

    public RolloutState? Find(string id) => Items.FirstOrDefault(r => r.Id == id);
}
