namespace Remediator.Incidents;

/// <summary>
/// What a stage may do with the incident that a worker holds: look at it, and save how far it came. It cannot give it back.
/// </summary>
internal interface IRun
{
    Incident Incident { get; }

    TimeProvider Clock { get; }

    /// <summary>Before every call that changes something.</summary>
    /// <exception cref="LeaseLostException">Too little of the lease is left for another call.</exception>
    /// <exception cref="ChangesStoppedException">Somebody stopped all changes since this one began.</exception>
    Task CheckAsync(CancellationToken ct);

    Task SaveAsync(Incident next, CancellationToken ct);
}
