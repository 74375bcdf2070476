using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>The exact calls that will be made, and what they change. Observe, approve and auto run the same planner.</summary>
internal sealed record Plan(ImmutableArray<StepPlan> Steps)
{
    public bool IsAlreadyRight => Steps.IsEmpty;

    public IEnumerable<PlannedCall> Calls => Steps.SelectMany(s => s.Calls);

    /// <summary>A person approved certain calls, and no others.</summary>
    public bool IsOtherThan(Plan? shown) => shown is not null && !shown.Calls.Select(Written).SequenceEqual(Calls.Select(Written));

    private static string Written(PlannedCall call) => $"{call.Operation} {call.Input}";
}

/// <summary>What one step changes.</summary>
internal sealed record StepPlan
{
    public required string Step { get; init; }

    /// <summary>What was read before anything was changed; null where nothing was set.</summary>
    public required JsonElement Before { get; init; }

    /// <summary>What it must be; once verified, what was read back.</summary>
    public required JsonElement After { get; init; }

    /// <summary>The parts that must go, where the step removes.</summary>
    public ImmutableArray<JsonElement> Removed { get; init; } = [];

    public required ImmutableArray<PlannedCall> Calls { get; init; }

    public IEnumerable<Difference> Differences(StateComparer sameness) => Removed.IsEmpty
        ? Difference.Between(Before, After, sameness)
        : Removed.Select(item => new Difference(["what has to go"], item, Json.Null));
}

/// <summary>One call with its input, as it will go to AWS.</summary>
internal sealed record PlannedCall(string Operation, JsonElement Input);
