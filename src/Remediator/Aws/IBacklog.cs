namespace Remediator.Aws;

/// <summary>What AWS Config holds of whole rules: the backlog at install, and what no event told.</summary>
internal interface IBacklog
{
    /// <summary>The rules under which something is non-compliant; null where that may not be asked.</summary>
    Task<IReadOnlyList<string>?> NonCompliantRulesAsync(string account, string region, CancellationToken ct);

    /// <summary>Rules of an account and region: those of these names that are there, or all where none are named.</summary>
    Task<IReadOnlyList<ConfigRule>> RulesAsync(string account, string region, IReadOnlyList<string>? names, CancellationToken ct);

    /// <summary>One page of what is non-compliant under a rule; from the start where no page is named, or the one named is gone.</summary>
    Task<BacklogPage> NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct);
}

/// <summary>Some resources that are non-compliant under one rule, and where the next ones are.</summary>
internal sealed record BacklogPage(IReadOnlyList<NonCompliant> Resources, string? Next);

/// <summary>A resource that Config finds non-compliant.</summary>
internal sealed record NonCompliant(string Type, string Id, DateTimeOffset RecordedAt, string? Annotation);
