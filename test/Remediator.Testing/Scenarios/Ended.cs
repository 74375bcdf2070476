using Remediator.Incidents;

namespace Remediator.Testing.Scenarios;

/// <summary>How one event or command ended, by the names that logs and the command line use.</summary>
/// <param name="IsHandedBack">The message stays on the queue, to come again.</param>
internal sealed record Ended(bool IsHandedBack, string Outcome, string? Incident, string? Why);
