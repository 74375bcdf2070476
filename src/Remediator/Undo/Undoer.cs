using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Undo;

/// <summary>Puts back what a plan changed: the last step first, and only where the resource still holds what was written.</summary>
internal static class Undoer
{
    /// <summary>Plans the way back. It changes nothing.</summary>
    public static async Task<UndoPlan> PlanAsync(PlannedChange change, Playbook playbook, IAws aws, bool force, CancellationToken ct)
    {
        var scope = Scope.From(change.Inputs);
        if (!playbook.Deletes
            && ((await FoundType.ReadAsync(playbook, scope, aws, ct)).Gone is not null
                || !await FoundNames.HoldAsync(playbook, scope, aws, ct)))
        {
            return new UndoPlan.Gone();
        }

        var calls = ImmutableArray.CreateBuilder<ReadyCall>();
        var steps = ImmutableArray.CreateBuilder<(IStepHandler, StepPlan)>();
        foreach (var done in change.Plan.Steps.Reverse())
        {
            var procedure = StepHandlers.Of(playbook, done.Step);
            var reading = await procedure.ReadAsync(scope, aws, ct);
            if (reading.IsGone && !done.Deletes)
            {
                return new UndoPlan.Gone();
            }

            switch (procedure.Undo(scope, reading, done, force))
            {
                case UndoStep.Conflict(var differences):
                    return new UndoPlan.Conflict(differences);
                case UndoStep.Calls(var back):
                    calls.AddRange(back);
                    break;
                default:
                    break;
            }

            steps.Add((procedure, done));
        }

        return new UndoPlan.Ready(scope, calls.ToImmutable(), steps.ToImmutable());
    }

    public static Task ApplyAsync(IRun run, UndoPlan.Ready ready, IAws aws, CancellationToken ct) =>
        Applier.CallAsync(run, ready.Calls, ready.Scope, aws, ct);
}

/// <summary>The way back from a whole plan.</summary>
internal abstract record UndoPlan
{
    private UndoPlan()
    {
    }

    internal sealed record Gone : UndoPlan;

    internal sealed record Conflict(ImmutableArray<Difference> Differences) : UndoPlan;

    /// <param name="Scope">What the calls see.</param>
    /// <param name="Calls">Empty where everything is back already.</param>
    /// <param name="Steps">What is to be read afterwards, to prove it.</param>
    internal sealed record Ready(
        Scope Scope,
        ImmutableArray<ReadyCall> Calls,
        ImmutableArray<(IStepHandler Procedure, StepPlan Done)> Steps
    ) : UndoPlan;
}
