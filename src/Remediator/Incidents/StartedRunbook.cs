using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>A start of a runbook or of a change set, written before it is made.</summary>
/// <param name="Name">The document, or the change set.</param>
/// <param name="Input">The input as it goes to AWS, without the token.</param>
/// <param name="Token">By which AWS knows a second start as the same.</param>
/// <param name="At">When it was written.</param>
internal sealed record StartedRunbook(string Name, string Input, string Token, DateTimeOffset At)
{
    /// <summary>AWS's id of the run; null until AWS gave it.</summary>
    public string? Execution { get; init; }

    /// <summary>It is a change set of CloudFormation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsChangeSet { get; init; }

    /// <summary>How the run was seen last, while it had not ended.</summary>
    public string? Status { get; init; }

    public string Still(DateTimeOffset now) =>
        $"{Name} is still {Status ?? "under way"} after {(now - At).TotalMinutes:0} minutes, execution {Execution}.";
}
