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

        var type = await FoundType.ReadAsync(playbook, scope, aws, ct);
        if (type.Gone is { } gone)
        {
            return new Planning.Gone(gone);
        }

        var guard = type.Broken;

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
        return (guard?.Because, changes.Count) switch
        {
            (null, 0) => new Planning.AlreadyRight(scope, string.Join("; ", seen)),
            ({ } because, 0) => new Planning.Refused(Reason.Guarded, because),
            ({ } because, _) => new Planning.Guarded(because, Ready(scope, changes)),
            _ => await GuardedAsync(playbook, Ready(scope, changes), aws, ct),
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

    private static Planning.Ready Ready(Scope scope, IEnumerable<(IStepHandler Procedure, StepChange Change)> changes) =>
        new(scope, new([.. changes.Select(c => c.Change.Plan)]), [.. changes.Select(c => (c.Procedure, c.Change.Calls))]);

    /// <summary>The plan, or the guard of the playbook that does not hold.</summary>
    private static async Task<Planning> GuardedAsync(Playbook playbook, Planning.Ready ready, IAws aws, CancellationToken ct)
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
                return new Planning.Guarded(guard.Because, ready);
            }
        }

        return ready;
    }
}

/// <summary>What came of planning.</summary>
internal abstract record Planning
{
    private Planning()
    {
    }

    /// <summary>
    /// What is recorded where nothing may be changed: the plan, and why a person would be asked or nothing could be done. Null where the
    /// setting is right.
    /// </summary>
    /// <param name="asksFor">Why a person would be asked before any change; null where nobody has to be.</param>
    public (Ready? Ready, Reason? Reason, string? Why)? Watched(string? asksFor) => this switch
    {
        Gone(var why) => (null, Reason.NotFound, why),
        Refused(var reason, var why) => (null, reason, why),
        Guarded(var because, var plan) => (plan, Reason.Guarded, because),
        Ready ready => (ready, asksFor is null ? null : Reason.ApprovalNeeded, asksFor),
        _ => null,
    };

    /// <summary>The resource is not there.</summary>
    internal sealed record Gone(string Why) : Planning;

    /// <param name="Seen">What was read, for people.</param>
    internal sealed record AlreadyRight(Scope Scope, string Seen) : Planning;

    /// <summary>There is no plan, and a person has to know why.</summary>
    internal sealed record Refused(Reason Reason, string Why) : Planning;

    /// <summary>A guard does not hold: the plan stands, but a person has to agree to it.</summary>
    internal sealed record Guarded(string Because, Ready Plan) : Planning;

    internal sealed record Ready(Scope Scope, Plan Plan, ImmutableArray<(IStepHandler Procedure, ImmutableArray<ReadyCall> Calls)> Steps) : Planning;
}
