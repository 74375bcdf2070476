using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>What is to be done about a non-compliant resource.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>What the policy says of the subject: whom to call, and how far the service may go.</summary>
    public required PolicyEntry Policy { get; init; }

    /// <summary>
    /// The managed rule's identifier, or for a custom rule what Config calls its source; empty where the rule could not be read.
    /// </summary>
    public required string RuleIdentifier { get; init; }

    /// <summary>The order of a person that is about it; null where none is.</summary>
    public StandingOrder? OrderedBy { get; init; }

    /// <summary>How far the service may go, as long as nobody has agreed to more.</summary>
    public virtual Mode Mode => Policy.Mode ?? Mode.Observe;

    /// <summary>What answers the finding; null where nothing does, or it does not matter.</summary>
    public virtual Playbook? Answer { get; init; }

    /// <summary>The incident with the order that is about it, and with none where none is.</summary>
    public Incident Over(Incident incident) => incident with { Terms = incident.Terms with { Order = Terms.Order } };

    /// <summary>What the policy says, as the incident keeps it.</summary>
    public virtual Terms Terms => new()
    {
        Mode = Mode,
        RuleIdentifier = RuleIdentifier,
        Owner = Policy.Owner ?? "",
        Environment = Policy.Environment ?? "",
        AccountName = Policy.Account?.Name,
        Rollout = Policy.RolloutId,
        Order = OrderedBy is { } order ? new(order.Id, order.Says) : null,
        EscalateTo = Policy.EscalateTo,
        Severity = SeverityNames.Of(Policy.Severity),
        ConfirmWithin = Policy.ConfirmWithin,
        NotesFindings = Policy.SecurityHub ?? false,
    };

    /// <summary>Nothing, and nobody has to know.</summary>
    internal sealed record Skip(string Why) : Decision
    {
        /// <summary>Until when it is left alone; null where there is nothing left to look at.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>It is taken up afterwards: what is found meanwhile becomes an incident that waits.</summary>
        public bool IsHeld => OrderedBy is { IsHold: true };
    }

    /// <summary>Nothing can be done by the service: a person has to.</summary>
    internal sealed record Refuse(Reason Reason, string Why, DateTimeOffset? Until = null) : Decision
    {
        /// <summary>What an incident keeps of what was known before: its playbook, and its rule where that cannot be read now.</summary>
        public Terms TermsOver(Terms earlier) => Terms with
        {
            RuleIdentifier = RuleIdentifier.Length > 0 ? RuleIdentifier : earlier.RuleIdentifier,
            Playbook = earlier.Playbook,
            RevertWindow = earlier.RevertWindow,
        };
    }

    /// <param name="Playbook">The one that answers; for a rollback by several, all of them as one.</param>
    /// <param name="Order">What may be done.</param>
    internal sealed record Act(Playbook Playbook, ChangeOrder Order) : Decision
    {
        public override Playbook? Answer => Playbook;

        /// <summary>Where the playbook's impact is above what the policy allows unasked, <c>auto</c> asks.</summary>
        public override Mode Mode => base.Mode is Mode.Auto && AsksFor(Playbook) is not null ? Mode.Approve : base.Mode;

        public override Terms Terms => base.Terms with { Playbook = Playbook.Name };

        /// <summary>A freeze or a window that a change which is announced has to wait for; null where there is none.</summary>
        public Wait? Wait { get; init; }

        /// <summary>How long nobody may have changed the resource before it is rolled back.</summary>
        public TimeSpan Quiet { get; init; }

        /// <summary>Why a person is asked before a change by a playbook, or would be in <c>auto</c>; null where nobody has to be.</summary>
        public string? AsksFor(Playbook playbook) => playbook.Containment is { } left
                ? $"It contains the harm and does not satisfy the rule. {left}"
            : base.Mode is Mode.Approve ? "The policy asks a person first."
            : Policy.AutoUpTo is { } limit && !limit.Allows(playbook.Impact)
                ? $"{Impacts.Says(playbook.Impact)} The policy lets only {limit} happen unasked."
                : null;
    }
}
