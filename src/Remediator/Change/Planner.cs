using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Reads the live state and plans the smallest change. It changes nothing.</summary>
internal static class Planner
{
    public static async Task<Planning> PlanAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        scope = playbook.Names.Aggregate(scope, (known, name) => known.WithMember("resource", name.Name, name.Value.Render(known)));
        foreach (var query in playbook.Resolve)
        {
            var found = await Reader.ReadAsync(query, scope, aws, ct);
            if (found.IsGone || found.State.IsNull())
            {
                return new Planning.Gone($"{query.Call.Operation} does not know it");
            }

            scope = scope.WithMember("resource", query.Name, found.State);
        }

        var seen = new List<string>();
        var changes = ImmutableArray.CreateBuilder<(IStepHandler Procedure, StepChange Change)>();
        foreach (var procedure in StepHandlers.Of(playbook))
        {
            var reading = await procedure.ReadAsync(scope, aws, ct);
            if (reading.IsGone)
            {
                return new Planning.Gone($"{procedure.Step.Read[0].Call.Operation} does not find it");
            }

            seen.Add($"{procedure.Step.Name}: {(reading.State.IsNull() ? "nothing" : reading.State.GetRawText())}");
            if (procedure.Plan(scope, reading) is { } change)
            {
                changes.Add((procedure, change));
            }
        }

        return changes.Count == 0
            ? new Planning.AlreadyRight(scope, string.Join("; ", seen))
            : await GuardAsync(playbook, scope, aws, ct) is { } guard
                ? new Planning.Guarded(guard.Because, Ready(scope, changes))
                : Ready(scope, changes);
    }

    private static Planning.Ready Ready(Scope scope, IEnumerable<(IStepHandler Procedure, StepChange Change)> changes) =>
        new(scope, new([.. changes.Select(c => c.Change.Plan)]), [.. changes.Select(c => (c.Procedure, c.Change.Calls))]);

    private static async Task<PlaybookGuard?> GuardAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        foreach (var guard in playbook.Guards)
        {
            var reading = await Reader.ReadAsync(guard.Query, scope, aws, ct);
            if (!guard.Expect.Evaluate(scope.With("result", reading.State)).IsTruthy())
            {
                return guard;
            }
        }

        return null;
    }
}

/// <summary>What came of planning.</summary>
internal abstract record Planning
{
    private Planning()
    {
    }

    /// <summary>The resource is not there.</summary>
    internal sealed record Gone(string Why) : Planning;

    /// <param name="Seen">What was read, for people.</param>
    internal sealed record AlreadyRight(Scope Scope, string Seen) : Planning;

    /// <summary>A guard does not hold: the plan stands, but a person has to agree to it.</summary>
    internal sealed record Guarded(string Because, Ready Plan) : Planning;

    internal sealed record Ready(Scope Scope, Plan Plan, ImmutableArray<(IStepHandler Procedure, ImmutableArray<ReadyCall> Calls)> Steps) : Planning;
}
