using Remediator.Incidents;

namespace Remediator.Operate;

/// <summary>Which resource goes back, and to when.</summary>
/// <param name="Resource">Without an account it is one of the service's own.</param>
/// <param name="To">When the resource was right.</param>
internal sealed record RollbackOrder(ResourceKey Resource, DateTimeOffset To)
{
    /// <summary>The Config rule that the incident is under, and whose settings go back; null for every setting that is known.</summary>
    public string? Rule { get; init; }

    /// <summary>Only the plan is wanted.</summary>
    public bool IsDryRun { get; init; }

    public IEnumerable<(string What, string Text)> Texts =>
    [
        ("the account", Resource.Account), ("the region", Resource.Region), ("the resource's type", Resource.Type),
        ("the resource's id", Resource.Id), ("--rule", Rule ?? ""),
    ];

    /// <summary>Why nothing can be rolled back so; null where it can.</summary>
    public string? Objection(DateTimeOffset now) =>
        Resource.Type.Length is 0 || Resource.Id.Length is 0 || Resource.Region.Length is 0
            ? "Which resource? A rollback needs its type, its id as AWS Config has it, and its region."
            : To >= now ? $"{To:u} is not a time that has passed; one looks like 2026-11-27T08:00:00Z." : null;
}
