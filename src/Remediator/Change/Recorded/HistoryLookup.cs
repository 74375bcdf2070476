using Remediator.Incidents;

namespace Remediator.Change.Recorded;

/// <summary>What is asked of the history of a resource.</summary>
internal sealed record HistoryQuestion(ResourceKey Resource, string Region, RuleRef Rule, TimeSpan MostAge)
{
    /// <summary>When the result before the event's was made, if that was COMPLIANT.</summary>
    public DateTimeOffset? CompliantBefore { get; init; }

    /// <summary>When the journal saw the rule hold last.</summary>
    public DateTimeOffset? CompliantInJournal { get; init; }

    /// <summary>The event's <c>orderingTimestamp</c>: of a rule that changes trigger, when Config made the item that was judged.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    public RuleTrigger Trigger { get; init; }
}

/// <summary>What makes AWS Config evaluate a rule, as far as the rule says so.</summary>
internal enum RuleTrigger
{
    Unknown,
    Change,
    Periodic,
}

/// <summary>The items between which a resource drifted.</summary>
/// <param name="CompliantAt">When the rule held.</param>
internal sealed record Drift(DateTimeOffset CompliantAt, ConfigurationItem Good, ConfigurationItem Bad, ConfigurationItem Latest);

/// <summary>What came of looking for the last compliant configuration.</summary>
internal abstract record HistoryLookup
{
    private HistoryLookup()
    {
    }

    internal sealed record Found(Drift Drift) : HistoryLookup;

    internal sealed record None(RollbackRefusal Why, string Text) : HistoryLookup;
}

/// <summary>Why a resource is not rolled back.</summary>
internal enum RollbackRefusal
{
    NeverCompliant,
    TooOld,
    NoHistory,

    /// <summary>It was deleted and made anew under the same name.</summary>
    IdentityChanged,

    /// <summary>None of the settings that are known changed: what is wrong lies elsewhere.</summary>
    CauseElsewhere,

    /// <summary>Somebody changed a drifted setting after Config recorded it last.</summary>
    ChangedSince,

    /// <summary>Somebody is at work on the resource.</summary>
    NotQuiet,
    OwnedByStack,
    OwnedByTerraform,
    OwnedByAutoscaler,

    /// <summary>Config does not record the value.</summary>
    Masked,

    /// <summary>What the recorded value refers to is no longer there.</summary>
    ReferenceGone,
}
