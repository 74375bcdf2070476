namespace Remediator.Incidents;

/// <summary>Why an incident stays open.</summary>
/// <param name="Why">For the log.</param>
/// <param name="MayPass">Config may be about to say so: the event is to come again.</param>
internal sealed record Doubt(string Why, bool MayPass);
