namespace Remediator.Incidents;

/// <summary>A rollback that a person asked for: it counts until it is done, or until Config says something newer of the resource.</summary>
/// <param name="To">When the resource was right, as that person says.</param>
internal sealed record AskedRollback(DateTimeOffset To) : Stored
{
    /// <summary>Every setting that is known of the type goes back, whatever the rule is about.</summary>
    public bool IsOfEverything { get; init; }

    /// <summary>Who asked, for CloudTrail.</summary>
    public string? By { get; init; }
}
