using Remediator.Aws;

namespace Remediator.Incidents;

/// <summary>What AWS Config says of a resource under a rule.</summary>
internal enum Compliance
{
    Compliant,
    NonCompliant,

    /// <summary>Deleted, or out of the rule's scope.</summary>
    NotApplicable,
}

/// <summary>One AWS Config event about one rule and one resource.</summary>
internal sealed record ComplianceChange
{
    public required ResourceKey Resource { get; init; }

    public required RuleRef Rule { get; init; }

    public required Compliance Compliance { get; init; }

    /// <summary>When Config recorded the result: what orders the events of one rule and resource.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Config had no result of the resource before: it may be new.</summary>
    public bool IsFirst { get; init; }

    /// <summary>When the result before was made, if that was COMPLIANT; null where the event does not say.</summary>
    public DateTimeOffset? CompliantBefore { get; init; }

    /// <summary>
    /// When Config made the item that was judged, or where time triggers the rule, was triggered; null where the event does not say.
    /// </summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>What a person asks for in place of Config; null for an event.</summary>
    public AskedRollback? Asked { get; init; }

    /// <summary>Config's own words on why, at most 256 characters.</summary>
    public string? Annotation { get; init; }

    /// <summary>The event that an incident last took in.</summary>
    public static ComplianceChange Of(Incident incident) => new()
    {
        Resource = incident.Resource with { Region = incident.Region },
        Rule = incident.Rule,
        Compliance = Compliance.NonCompliant,
        RecordedAt = incident.Origin.RecordedAt,
        CompliantBefore = incident.Origin.CompliantBefore,
        OrderedAt = incident.Origin.OrderedAt,
        Asked = incident.Origin.Asked,
        Annotation = incident.Origin.Annotation,
    };
}

/// <summary>A Config rule as an event names it.</summary>
internal sealed record RuleRef(string Name, string Arn) : Stored;

/// <summary>A resource, and where it lives.</summary>
internal sealed record ResourceKey(string Account, string Region, string Type, string Id) : Stored
{
    /// <summary>The region of resources that are the same in every region.</summary>
    public const string Global = "global";

    public override string ToString() =>
        string.Join(", ", new[] { Account, Region }.Where(part => part.Length > 0)) is { Length: > 0 } where
            ? $"{Type} {Id} ({where})"
            : $"{Type} {Id}";
}
