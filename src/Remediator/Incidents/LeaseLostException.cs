namespace Remediator.Incidents;

/// <summary>The lease ran out and another worker took the resource: this one must not write any more.</summary>
internal sealed class LeaseLostException(string incident)
    : Exception($"The lease on the resource of incident {incident} is lost: another worker goes on with it.");
