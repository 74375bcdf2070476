namespace Remediator.Aws;

/// <summary>The queue of compliance changes, as the sweep sees it.</summary>
internal interface IQueue
{
    /// <summary>Events wait in it: whoever has time to spare has none now.</summary>
    Task<bool> IsBusyAsync(CancellationToken ct);

    Task SendAsync(IReadOnlyList<string> bodies, CancellationToken ct);
}
