using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>What the policy says of the subjects that it matches; what it leaves open, the entries below it say, or the defaults.</summary>
internal sealed record PolicyEntry(Match Match)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }

    public Mode? Mode { get; init; }

    /// <summary>What the entry that says the mode is about; null where none says one.</summary>
    public string? ModeFrom { get; init; }

    /// <summary>The impacts that <see cref="Mode.Auto"/> may have unasked.</summary>
    public ImpactLimit? AutoUpTo { get; init; }

    public string? Owner { get; init; }

    public string? Environment { get; init; }

    /// <summary>Who is called where nobody takes it on.</summary>
    public SecondStep? EscalateTo { get; init; }

    /// <summary>How long before a change people hear of it; zero to tell nobody.</summary>
    public TimeSpan? WarnBefore { get; init; }

    public string? Severity { get; init; }

    /// <summary>The playbook to use where several answer, or for a custom rule.</summary>
    public string? Playbook { get; init; }

    /// <summary>The share of resources, in percent, that the mode applies to; the others are observed.</summary>
    public Share? Rollout { get; init; }

    /// <summary>The rising share by which a resource is in it; null where none is, or the resource is not.</summary>
    public string? RolloutId { get; init; }

    /// <summary>The share in force that the resource is not of, so that it is observed; null where the mode is as said.</summary>
    public int? LeftOut { get; init; }

    /// <summary>How long a resource that Config sees for the first time is left to whoever is still setting it up.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>Whether Security Hub's word counts, and it is told what was done.</summary>
    public bool? SecurityHub { get; init; }

    /// <summary>How long Config may take to confirm a fix before a person is called.</summary>
    public TimeSpan? ConfirmWithin { get; init; }

    /// <summary>Where a change goes to, the first choice first; null where nothing is said.</summary>
    public ImmutableArray<Aim>? To { get; init; }

    /// <summary>Whether it says that a change may go back to what AWS Config recorded.</summary>
    public bool RollsBack => To is { } aims && aims.Contains(Aim.LastCompliant);

    /// <summary>Where values of missing tags come from, the first choice first; null where nothing is said.</summary>
    public ImmutableArray<TagSource>? TagsFrom { get; init; }

    /// <summary>What is done with a resource that a stack, Terraform or an autoscaler owns; null where nothing is said.</summary>
    public OwnedHandling? Owned { get; init; }

    /// <summary>The alarms that take a change back; null where nothing is said.</summary>
    public UndoOn? UndoOn { get; init; }

    public JsonElement Parameters { get; init; } = Json.EmptyObject;

    /// <summary>
    /// Whether destinations, keys, identities and values of tags may be taken from a rule's own parameters. Where nothing is said,
    /// in the service's own account only.
    /// </summary>
    public bool? TrustRuleParameters { get; init; }

    /// <summary>What is known of the account that it was composed for.</summary>
    public Account? Account { get; init; }

    /// <summary>The same for an account: owner and environment filled in, or not said.</summary>
    /// <param name="account">What is filled in from.</param>
    /// <param name="over">Whose team and environment come before those said here.</param>
    public PolicyEntry Of(Account account, Account? over) => this with
    {
        Owner = over?.Team ?? AccountText.Fill(Owner, account),
        Environment = over?.Environment ?? AccountText.Fill(Environment, account),
        EscalateTo = EscalateTo is { } step && AccountText.Fill(step.Owner, account) is { } team ? step with { Owner = team } : null,
    };

    /// <summary>Each word from this entry where it says it, else from what is under it.</summary>
    public PolicyEntry Over(PolicyEntry under) => this with
    {
        Mode = Mode ?? under.Mode,
        ModeFrom = Mode is null ? under.ModeFrom : ModeFrom,
        AutoUpTo = AutoUpTo ?? under.AutoUpTo,
        Owner = Owner ?? under.Owner,
        Environment = Environment ?? under.Environment,
        EscalateTo = EscalateTo ?? under.EscalateTo,
        WarnBefore = WarnBefore ?? under.WarnBefore,
        Severity = Severity ?? under.Severity,
        Playbook = Playbook ?? under.Playbook,
        Rollout = Rollout ?? under.Rollout,
        Settle = Settle ?? under.Settle,
        ConfirmWithin = ConfirmWithin ?? under.ConfirmWithin,
        To = To ?? under.To,
        TagsFrom = TagsFrom ?? under.TagsFrom,
        Owned = Owned ?? under.Owned,
        UndoOn = UndoOn ?? under.UndoOn,
        SecurityHub = SecurityHub ?? under.SecurityHub,
        Parameters = Merging.Merge(under.Parameters, Parameters),
        TrustRuleParameters = TrustRuleParameters ?? under.TrustRuleParameters,
    };
}
