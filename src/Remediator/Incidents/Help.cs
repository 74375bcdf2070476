using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>What a person was given who has to do by hand what no playbook does.</summary>
/// <param name="Evidence">What was read of the resource.</param>
/// <param name="Steps">What to do, in order.</param>
internal sealed record Help(Evidence Evidence, ImmutableArray<HandStep> Steps) : Stored;

/// <summary>A thing to do by hand.</summary>
/// <param name="Do">The sentence.</param>
/// <param name="Run">The command, as it is pasted into a shell; empty where there is none.</param>
internal sealed record HandStep(string Do, string Run) : Stored;
