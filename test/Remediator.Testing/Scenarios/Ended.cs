using Remediator.Incidents;

namespace Remediator.Testing.Scenarios;

/// <summary>How one event or command ended, with the names in logs and on the command line.</summary>
/// <param name="IsHandedBack">The message stays on the queue and is delivered again.</param>
internal sealed record Ended(bool IsHandedBack, string Outcome, string? Incident, string? Why);
