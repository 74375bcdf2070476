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
        if (scope["resource"].TextOf("type") is { } named && !playbook.Resources.Contains(named))
        {
            return new Planning.Refused(Reason.NotConfigured, playbook.NotFor(named));
        }

        aws = new AskedOnce(aws);
        var type = await FoundType.ReadAsync(playbook, scope, aws, ct);
        if (type.Gone is { } gone)
        {
            return new Planning.Gone(gone);
        }

        var guard = type.Broken;
        switch (await NameResolver.ResolveAsync(playbook, scope, aws, ct))
        {
            case (null, var unknown):
                return new Planning.Gone(unknown);
            case var (resolved, _):
                scope = resolved;
                break;
        }

        var seen = new List<string>();
        var changes = ImmutableArray.CreateBuilder<(IStepHandler Procedure, StepChange Change)>();
        foreach (var procedure in StepHandlers.Of(playbook))
        {
            var reading = await procedure.ReadAsync(scope, aws, ct);
            if (reading.IsGone)
            {
                return new Planning.Gone($"{procedure.Step.Read[0].Call.Operation} does not find it, or says that it is ending");
            }

            seen.Add($"{procedure.Step.Name}: {(reading.State.IsNull() ? "nothing" : ShownValue.Of(procedure.Step.Name, reading.State))}");
            if (Plan(procedure, scope, reading, isBroken: guard is not null) is { } change)
            {
                changes.Add((procedure, change));
            }
        }

        if (changes.FirstOrDefault(c => c.Change.Calls.IsEmpty) is { Procedure: { } silent })
        {
            return new Planning.Refused(
                guard is null ? Reason.Unsupported : Reason.Guarded,
                guard?.Because ?? $"The {silent.Step.Name} is not right, and the playbook has no call for what it would have to be.");
        }

        // What holds for the type is said also where there is nothing to change: the setting may be another resource's.
        var ready = Ready(playbook, scope, changes) with { Tags = type.Tags };
        return (guard?.Because, changes.Count) switch
        {
            (null, 0) => await RuledOutAsync(playbook, ready, aws, ct) ?? new Planning.AlreadyRight(scope, string.Join("; ", seen)),
            ({ } because, 0) => new Planning.Refused(Reason.Guarded, because),
            ({ } because, _) => new Planning.Guarded(Reason.Guarded, because, ready),
            _ => await GuardedAsync(playbook, ready, aws, ct),
        };
    }

    /// <summary>Where a guard is broken, what the playbook would do may make no sense: then there is no plan to show.</summary>
    private static StepChange? Plan(IStepHandler procedure, Scope scope, Reading reading, bool isBroken)
    {
        try
        {
            return procedure.Plan(scope, reading);
        }
        catch (Exception e) when (isBroken && (e is ExpressionException or MissingValueException or NotConfiguredException))
        {
            return null;
        }
    }

    public static Planning.Ready Ready(Playbook playbook, Scope scope, IEnumerable<(IStepHandler Procedure, StepChange Change)> changes) =>
        new(playbook, scope, new([.. changes.Select(c => c.Change.Plan)]), [.. changes.Select(c => (c.Procedure, c.Change.Calls))]);

    /// <summary>Nothing differs; by a parameter of the rule that only a guard looks at, the resource may be wrong all the same.</summary>
    private static async Task<Planning?> RuledOutAsync(Playbook playbook, Planning.Ready ready, IAws aws, CancellationToken ct) =>
        await GuardedAsync(playbook with { Guards = playbook.GuardsOfRule }, ready, aws, ct) switch
        {
            Planning.Guarded(var reason, var because, _) => new Planning.Refused(reason, because),
            Planning.Gone gone => gone,
            _ => null,
        };

    /// <summary>The plan, or the guard of the playbook that does not hold.</summary>
    public static async Task<Planning> GuardedAsync(Playbook playbook, Planning.Ready ready, IAws aws, CancellationToken ct)
    {
        foreach (var guard in playbook.Guards)
        {
            var reading = await Reader.ReadAsync(guard.Query, ready.Scope, aws, ct);
            if (reading.IsGone)
            {
                return new Planning.Gone($"{guard.Query.Call.Operation} does not find it");
            }

            if (!guard.Expect.Evaluate(ready.Scope.With("result", reading.State)).IsTruthy())
            {
                return new Planning.Guarded(Reason.Guarded, guard.Because, ready);
            }
        }

        return ready;
    }
}
