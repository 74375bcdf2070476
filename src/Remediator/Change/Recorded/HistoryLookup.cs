using Remediator.Incidents;

namespace Remediator.Change.Recorded;

/// <summary>What is asked of the history of a resource.</summary>
internal sealed record HistoryQuestion(ResourceKey Resource, string Region, RuleRef Rule, TimeSpan MostAge)
{
    /// <summary>When the rule held last, as the event or the journal says; null where neither does.</summary>
    public DateTimeOffset? CompliantBefore { get; init; }

    /// <summary>The event's <c>orderingTimestamp</c>: of a rule that changes trigger, when Config made the item that was judged.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    public RuleTrigger Trigger { get; init; }
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

    internal sealed record None(Reason Why, string Text) : HistoryLookup;
}
