using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.Runbooks;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Verify;

namespace Remediator;

/// <summary>The path of an event: decide, take the resource, plan from the live state, change, verify, record; or call a person.</summary>
internal sealed partial class Pipeline(
    Decider decider, Claimer claimer, Verifier verifier, Endings endings, IAwsAccounts accounts, ILogger<Pipeline> log)
{
    public async Task<Outcome> RunAsync(ComplianceChange change, CancellationToken ct) =>
        change.Compliance is Compliance.NonCompliant ? await RemediateAsync(change, ct) : await endings.CloseAsync(change, ct);

    /// <summary>Goes on with an incident that this worker holds.</summary>
    public async Task<Outcome> ContinueAsync(Run run, Decision decision, CancellationToken ct)
    {
        Log.Working(log, run.Incident.Id, run.Incident.State, run.Incident.Resource.Type);
        try
        {
            return (run.Incident.State, decision) switch
            {
                (IncidentState.Applying, _) => await ResumeAsync(run, ct),
                (IncidentState.Verifying, _) => await VerifyAsync(run, PlaybookOf(run.Incident), ct),
                (IncidentState.Undoing, _) => await endings.UndoAsync(run, PlaybookOf(run.Incident), force: false, found: null, ct),
                // Whatever the policy says by now: a hold is a person's word.
                _ when endings.IsHeld(run.Incident) => await endings.ReleaseAsync(run, "held after an undo", ct),
                (_, Decision.Act act) => await PlanAsync(run, act, ct),
                (_, Decision.Refuse refuse) => await endings.EscalateAsync(run, refuse.Reason, refuse.Why, refuse.Until, ct),
                (_, Decision.Skip skip) => await endings.ReleaseAsync(run, skip.Why, ct),
                var other => throw new InvalidOperationException($"No way on from {other}."),
            };
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return await endings.HandBackAsync(run);
        }
        catch (ChangesStoppedException stopped)
        {
            return await endings.StopAsync(run, stopped.Why, ct);
        }
        catch (Exception fault) when (Fault.Of(fault) is not null)
        {
            return await endings.FailAsync(run, Fault.Of(fault)!, ct);
        }
    }

    private async Task<Outcome> RemediateAsync(ComplianceChange change, CancellationToken ct)
    {
        var decision = await decider.DecideAsync(change, ct);
        if (decision is Decision.Skip(var why))
        {
            return new Outcome.Skipped(why);
        }

        return await claimer.ClaimAsync(change, decision, ct) switch
        {
            Claim.Mine mine => await ContinueAsync(claimer.Run(mine), decision, ct),
            Claim.Answered(var incident) => new Outcome.Skipped($"answered already by incident {incident}"),
            Claim.Taken(var until) => new Outcome.Busy($"another worker has the resource until {until:u}"),
            var other => throw new InvalidOperationException($"A claim cannot end as {other}."),
        };
    }

    private async Task<Outcome> PlanAsync(Run run, Decision.Act act, CancellationToken ct)
    {
        var isApproved = run.Incident.ApprovedBy is not null && act.Mode is not Mode.Observe;
        if (!isApproved && endings.SettlesUntil(run.Incident, act) is { } settled)
        {
            return await endings.SettleAsync(run, settled, ct);
        }

        var scope = PlanningScope.Of(run.Incident, act);
        return await Planner.PlanAsync(act.Playbook, scope, AwsOf(run), ct) switch
        {
            Planning.Gone(var why) => await endings.EscalateGoneAsync(run, why, ct),
            Planning.AlreadyRight => await endings.AlreadyRightAsync(run, act, ct),
            Planning.Guarded(var why, var ready) when !isApproved => await endings.AskAsync(run, act, ready, Reason.Guarded, why, ct),
            Planning.Guarded(_, var ready) when IsOther(run.Incident, ready) => await endings.AskAgainAsync(run, act, ready, ct),
            Planning.Guarded(_, var ready) => await ApplyAsync(run, act, ready, ct),
            Planning.Ready ready when isApproved && IsOther(run.Incident, ready) => await endings.AskAgainAsync(run, act, ready, ct),
            Planning.Ready ready when act.Mode is Mode.Observe && !isApproved => await endings.ObserveAsync(run, act, ready, ct),
            Planning.Ready ready when act.Mode is Mode.Approve && !isApproved =>
                await endings.AskAsync(run, act, ready, Reason.ApprovalNeeded, "The policy asks a person first.", ct),
            Planning.Ready when endings.IsFlapping(run.Incident) => await endings.EscalateFlappingAsync(run, ct),
            Planning.Ready ready => await ApplyAsync(run, act, ready, ct),
            var other => throw new InvalidOperationException($"Planning cannot end as {other}."),
        };
    }

    /// <summary>A person approved certain calls, and no others.</summary>
    private static bool IsOther(Incident incident, Planning.Ready ready) =>
        incident.Plan is { } shown && !shown.Calls.Select(c => $"{c.Operation} {c.Input}").SequenceEqual(ready.Plan.Calls.Select(c => $"{c.Operation} {c.Input}"));

    private async Task<Outcome> ApplyAsync(Run run, Decision.Act act, Planning.Ready ready, CancellationToken ct)
    {
        // Before-states and calls are durable from here on, and only from here on is anything changed.
        if (await endings.BeginAsync(run, act, ready, ct) is { } refused)
        {
            return refused;
        }

        return await AppliedAsync(run, act.Playbook, await Applier.ApplyAsync(run, ready, AwsOf(run), ct), ct);
    }

    private async Task<Outcome> ResumeAsync(Run run, CancellationToken ct)
    {
        var playbook = PlaybookOf(run.Incident);
        return await AppliedAsync(run, playbook, await Applier.ResumeAsync(run, playbook, AwsOf(run), ct), ct);
    }

    private async Task<Outcome> AppliedAsync(Run run, Playbook playbook, Applied applied, CancellationToken ct) => applied switch
    {
        Applied.Conflict(var differences) => await endings.EscalateConflictAsync(run, differences, ct),
        Applied.Gone => await endings.EscalateGoneAsync(run, "it was deleted while it was being changed", ct),
        Applied.UnderWay => await endings.UnderWayAsync(run, playbook, ct),
        _ => await VerifyAsync(run, playbook, ct),
    };

    private async Task<Outcome> VerifyAsync(Run run, Playbook playbook, CancellationToken ct)
    {
        var scope = Scope.From(run.Incident.Inputs);
        await RunbookRun.LookAsync(run, AwsOf(run), ct);
        return await verifier.VerifyAsync(run.Incident.Plan!, playbook, scope, AwsOf(run), ct) switch
        {
            Verdict.Compliant(var plan) => await endings.FixedAsync(run, plan, ct),
            Verdict.NotCompliant verdict => await endings.NotVerifiedAsync(run, playbook, verdict, ct),
            Verdict.Gone => await endings.EscalateGoneAsync(run, "it was deleted while it was being changed", ct),
            var other => throw new InvalidOperationException($"A verification cannot end as {other}."),
        };
    }

    private IAws AwsOf(Run run) => accounts.For(run.Incident.Resource.Account, run.Incident.Region);

    private static Playbook PlaybookOf(Incident incident) =>
        PlaybookReader.Read(incident.Playbook, $"{incident.Playbook}.yaml", incident.PlaybookSource);

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Working on incident {Incident}, {State}: a {ResourceType}")]
        public static partial void Working(ILogger log, string incident, IncidentState state, string resourceType);
    }
}
