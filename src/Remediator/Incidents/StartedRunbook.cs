using System.Text.Json.Serialization;
using Remediator.Playbooks;

namespace Remediator.Incidents;

/// <summary>A start of a runbook, or of another call that only begins something, written before it is made.</summary>
/// <param name="Name">The document; of another call, what it begins.</param>
/// <param name="Input">The input as it goes to AWS, without the token.</param>
/// <param name="Token">By which AWS knows a second start as the same.</param>
/// <param name="At">When it was written.</param>
internal sealed record StartedRunbook(string Name, string Input, string Token, DateTimeOffset At) : Stored
{
    /// <summary>AWS's id of the run; null until AWS gave it.</summary>
    public string? Execution { get; init; }

    /// <summary>The operation that begins it; null in what an earlier version wrote, which began runbooks only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Operation { get; init; }

    [JsonIgnore]
    public LongCall Kind => Operation switch
    {
        null => LongCall.Runbook,
        ChangeSet.Create => LongCall.ChangeSet,
        var other => other == LongCall.Update.Start ? LongCall.Update : LongCall.Runbook,
    };

    /// <summary>False where only a later version knows what was begun.</summary>
    [JsonIgnore]
    public bool IsKnown => Operation is null || Operation == Kind.Start;

    /// <summary>As it stands in the middle of a sentence.</summary>
    [JsonIgnore]
    public string Called => Kind == LongCall.Runbook ? $"runbook {Name}" : $"{char.ToLowerInvariant(Name[0])}{Name[1..]}";

    /// <summary>How the run was seen last, while it had not ended.</summary>
    public string? Status { get; init; }

    public string Still(DateTimeOffset now) =>
        $"{Name} is still {Status ?? "under way"} after {(now - At).TotalMinutes:0} minutes, execution {Execution}.";
}
