namespace Remediator.Decide;

/// <summary>How far back, and when, a resource is rolled back.</summary>
/// <param name="MaxAge">How old a recorded value may be.</param>
/// <param name="Quiet">How long nobody may have changed the resource.</param>
internal sealed record RollbackPolicy(TimeSpan MaxAge, TimeSpan Quiet);
