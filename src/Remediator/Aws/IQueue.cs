namespace Remediator.Aws;

/// <summary>The queue of compliance changes, as the sweep sees it.</summary>
internal interface IQueue
{
    /// <summary>How many messages wait in it, about.</summary>
    Task<int> WaitingAsync(CancellationToken ct);

    Task SendAsync(IReadOnlyList<string> bodies, CancellationToken ct);
}
