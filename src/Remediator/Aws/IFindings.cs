using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>The findings that Security Hub has of a resource under a rule, in the account of the resource.</summary>
internal interface IFindings
{
    /// <summary>None where Security Hub is off there. Throws where they cannot be read: that is no answer.</summary>
    Task<IReadOnlyList<Finding>> FindAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct);

    /// <summary>Writes a note on a finding; what somebody else wrote there stays behind it, as far as there is room.</summary>
    Task NoteAsync(ResourceKey resource, string region, Finding finding, string text, CancellationToken ct);
}

/// <summary>A finding of Security Hub.</summary>
internal sealed record Finding(string Id, string ProductArn)
{
    public bool IsSuppressed { get; init; }

    /// <summary>What stands on it, and who wrote that; empty for nothing.</summary>
    public string Note { get; init; } = "";

    public string NoteBy { get; init; } = "";
}
