using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Emulator.Cases;

/// <summary>What one step of a case's run did, and whether that is what the case asks for.</summary>
/// <param name="Name">Such as <c>fix</c>; stable, since machines read it.</param>
/// <param name="Says">What was seen, in words; where the step does not hold, what is wrong.</param>
internal sealed record CaseStep(string Name, bool Holds, string Says)
{
    /// <summary>The calls of the step that changed something.</summary>
    public ImmutableArray<PlannedCall> Calls { get; init; } = [];

    /// <summary>Where the step planned a change: the plan.</summary>
    public Plan? Plan { get; init; }
}

/// <summary>How a case came out with one of its rules. The steps end with the first that does not hold.</summary>
internal sealed record CaseResult(string Case, string Rule, ImmutableArray<CaseStep> Steps)
{
    public bool Holds => Steps.All(s => s.Holds);

    /// <summary>The steps, one or more lines each.</summary>
    public string Story => string.Join('\n', Steps.SelectMany(Lines).Prepend($"{Case} with {Rule}"));

    private static IEnumerable<string> Lines(CaseStep step) =>
        [$"{(step.Holds ? "ok   " : "WRONG")} {step.Name}: {step.Says}", .. step.Calls.Select(c => $"      {c.Operation} {c.Input}")];
}
