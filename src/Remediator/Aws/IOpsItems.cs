using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>Work items of Systems Manager OpsCenter, in the account and region that the service runs in.</summary>
internal interface IOpsItems
{
    /// <summary>Opens one, or finds the open one with the same key. Its id.</summary>
    Task<string> OpenAsync(OpsItem item, CancellationToken ct);

    /// <summary>One that somebody deleted stays deleted.</summary>
    Task UpdateAsync(string id, OpsItem item, CancellationToken ct);

    /// <summary>One that somebody deleted, or resolved already, is resolved.</summary>
    Task ResolveAsync(string id, CancellationToken ct);
}

/// <summary>What an OpsItem shows.</summary>
/// <param name="Key">The same key is the same item, as long as that is not resolved.</param>
internal sealed record OpsItem(string Key, string Title, string Description, Severity Severity);
