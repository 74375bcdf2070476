using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>What the policy said, when it was last asked; nothing of it where the service was not allowed to act at all.</summary>
internal sealed record Terms : Stored
{
    public Mode? Mode { get; init; }

    /// <summary>The managed rule's identifier, or for a custom rule what Config calls its source.</summary>
    public string RuleIdentifier { get; init => field = value ?? ""; } = "";

    /// <summary>The name of the playbook that answers.</summary>
    public string Playbook { get; init => field = value ?? ""; } = "";

    public string Owner { get; init => field = value ?? ""; } = "";

    public string Environment { get; init => field = value ?? ""; } = "";

    /// <summary>What the policy calls the account.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountName { get; init; }

    /// <summary>The order of a person that keeps the service from it; null where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderRef? Order { get; init; }

    /// <summary>The rising rollout by which it may be changed; null where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rollout { get; init; }

    /// <summary>Who is called where nobody takes it on; null where nobody is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SecondStep? EscalateTo { get; init; }

    public Severity Severity { get; init; } = Severity.Warning;

    /// <summary>Whether the finding of Security Hub gets a note of what was done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NotesFindings { get; init; }

    /// <summary>How long Config may take to confirm a fix before a person is called.</summary>
    public TimeSpan? ConfirmWithin { get; init; }

    /// <summary>Within this time a fix that comes undone counts as reverted.</summary>
    public TimeSpan? RevertWindow { get; init; }
}

/// <summary>The second step of an escalation.</summary>
/// <param name="After">How long after the notice, unless somebody took it on.</param>
/// <param name="Owner">The team that is called then.</param>
internal sealed record SecondStep(TimeSpan After, string Owner) : Stored;
