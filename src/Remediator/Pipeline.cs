using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.LongCalls;
using Remediator.Change.Sessions;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Undo;
using Remediator.Verify;

namespace Remediator;

/// <summary>
/// The path of an event: decide, take the resource, plan from the live state, change, verify, record; or call a person. Beside the undo it
/// is the only one that gives a resource back: whoever goes on with an incident ends by calling one of its endings.
/// </summary>
internal sealed class Pipeline(Stages stages, IAwsAccounts accounts, TimeProvider clock, ILogger<Pipeline> log)
{
    private readonly Guardrails guards = stages.Guards;
    private readonly Limits limits = stages.Guards.Limits;

    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Outcome> RunAsync(ComplianceChange change, CancellationToken ct) =>
        change.Compliance is Compliance.NonCompliant ? await RemediateAsync(change, ct) : await CloseAsync(change, ct);

    /// <summary>Decides anew about an incident that is there.</summary>
    public Task<Decision> DecideAsync(Incident incident, CancellationToken ct) => DecideAsync(ComplianceChange.Of(incident), ct);

    /// <summary>Decides about what a person asks for.</summary>
    public Task<Decision> DecideAsync(ComplianceChange change, CancellationToken ct) => stages.Decider.DecideAsync(change, ct);

    /// <summary>Goes on with an incident that this worker holds.</summary>
    public Task<Outcome> ContinueAsync(Run run, Decision decision, CancellationToken ct) => EndAsync(
        run, () => NextAsync(run, decision, ct), decision.Mode is Mode.Observe ? fault => NotObservedAsync(run, fault, ct) : null, ct);

    /// <summary>
    /// The one boundary where a run that came to no end of its own is given one: out of time, changes stopped, a fault, or a defect.
    /// What a fault means, where not to try again or to call a person, is for <paramref name="failed"/> to say.
    /// </summary>
    public async Task<Outcome> EndAsync(Run run, Func<Task<Outcome>> work, Func<Fault, Task<Outcome>>? failed, CancellationToken ct)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return await HandBackAsync(run);
        }
        catch (ChangesStoppedException stopped)
        {
            return await PendAsync(run, Transitions.Halted(run.Incident, stopped.Why, Now, Now + limits.StoppedAgain), ct);
        }
        catch (Exception e) when (Fault.Of(e)?.During(run.Incident) is { } fault)
        {
            return failed is null ? await FailAsync(run, fault, ct) : await failed(fault);
        }
        catch (Exception e) when (Defect.Is(e))
        {
            RunLog.Defect(log, e, run.Incident.Id, run.Incident.State);
            return await DefectAsync(run, ct);
        }
    }

    public static async Task<Outcome> PendAsync(Run run, Incident next, CancellationToken ct) =>
        new Outcome.Pending(await run.ReleaseAsync(next, ct));

    public async Task<Outcome> EscalateAsync(
        Run run, Reason reason, string why, DateTimeOffset? retry, CancellationToken ct, Terms? terms = null)
    {
        if (run.Incident.Attempts > 0 && Breaker.Counts(reason))
        {
            await guards.Breaker.CountFailureAsync(run.Incident, ct);
        }

        var incident = run.Incident with { Terms = terms ?? run.Incident.Terms };
        var next = Transitions.Escalated(incident, reason, why, Now, retry ?? limits.NextLookAt(incident, Now));
        return new Outcome.Escalated(await CallAsync(run, next, ct));
    }

    public async Task<Outcome> SendDueAsync(Run run, CancellationToken ct) => new Outcome.Escalated(await run.ReleaseAsync(
        await stages.Notifier.SendAsync(
            run, run.Incident.State is IncidentState.Held ? Now + limits.HoldFor : limits.NextLookAt(run.Incident, Now), ct), ct));

    /// <summary>Tells people again of what nobody took on, under the same key.</summary>
    public async Task<Outcome> RemindAsync(Run run, DateTimeOffset due, CancellationToken ct) =>
        new Outcome.Escalated(await run.ReleaseAsync(await stages.Notifier.RemindAsync(run, due, ct), ct));

    /// <summary>Closes an incident; whoever was called is told, under the same key.</summary>
    public async Task<Outcome> CloseAsync(Run run, Compliance compliance, DateTimeOffset recordedAt, CancellationToken ct) =>
        new Outcome.Closed(await run.ReleaseAsync(
            await stages.Notifier.EndAsync(run, Transitions.Closed(run.Incident, compliance, recordedAt, Now), ct), ct));

    /// <summary>A person takes back what the service changed.</summary>
    public Task<Outcome> UndoAsync(Run run, string by, string note, bool force, CancellationToken ct) =>
        EndAsync(run, async () => await UndoneAsync(run, await stages.Undo.AskedAsync(run, by, note, force, ct), ct), null, ct);

    /// <summary>An alarm rang after the change: it is undone, the incident is held, and a person is called.</summary>
    public async Task<Outcome> TakeBackAsync(Run run, string why, CancellationToken ct) =>
        await UndoneAsync(run, await stages.Undo.PutBackAsync(run, Reason.AlarmRang, why, ct), ct);

    /// <summary>A person says to go on; with a name, that person agrees to the plan that is shown.</summary>
    public async Task<Outcome> GoOnAsync(Run run, string? approvedBy, string note, CancellationToken ct)
    {
        var decision = await DecideAsync(run.Incident, ct);
        await run.SaveAsync(Transitions.GoesOn(run.Incident, approvedBy, note, Now, Now + limits.RunTime), ct);
        return await ContinueAsync(run, decision, ct);
    }

    private async Task<Outcome> RemediateAsync(ComplianceChange change, CancellationToken ct)
    {
        var decision = await stages.Decider.DecideAsync(change, ct);
        return decision is Decision.Skip { IsHeld: false, Why: var left } ? new Outcome.Skipped(left)
            : await stages.Claimer.ClaimAsync(change, decision.Answer, decision.Terms, ct) switch
            {
                Claim.Mine mine => await ContinueAsync(stages.Claimer.Run(mine), decision, ct),
                Claim.Answered answered => new Outcome.Skipped(answered.Why),
                Claim.Taken(var until) => new Outcome.Busy($"another worker has the resource until {until:u}"),
                var other => throw new InvalidOperationException($"A claim cannot end as {other}."),
            };
    }

    private async Task<Outcome> NextAsync(Run run, Decision decision, CancellationToken ct)
    {
        RunLog.Working(log, run.Incident.Id, run.Incident.State, run.Incident.Resource.Type);
        return Transitions.WorkOn(run.Incident.State) switch
        {
            NextWork.MakeCallsLeft => await AppliedAsync(run, await Applier.ResumeAsync(run, PlaybookOf(run), AwsOf(run), ct), ct),
            NextWork.ReadAgain => await VerifyAsync(run, ct),
            NextWork.UndoAgain => await UndoneAsync(run, await stages.Undo.RunAsync(run, force: false, found: null, ct), ct),
            NextWork.StartAnew => await StartAsync(run, decision, ct),
            var other => throw new InvalidOperationException($"No way on from {run.Incident.State}: {other}."),
        };
    }

    private async Task<Outcome> StartAsync(Run run, Decision decision, CancellationToken ct) => decision switch
    {
        // Whatever the policy says by now: a hold is a person's word.
        _ when run.Incident is { State: IncidentState.Held, Terms.Order: null, Due: { } due } && due > Now =>
            await LeaveAsync(run, "held", due, ct),
        Decision.Act { Mode: var mode } when run.Incident.Change is { AsksAt: { } from } => mode is Mode.Observe
            ? await LeaveAsync(run, Sentences.RestObserved, null, ct) : await RestAsync(run, from, ct),
        Decision.Act act => await PlanAsync(run, act, ct),
        Decision.Refuse refuse => await RefuseAsync(run, refuse, ct),
        Decision.Skip { Until: { } until } skip => await LeaveUntilAsync(run, skip, until, ct),
        Decision.Skip skip => await LeaveAsync(run, skip.Why, null, ct),
        var other => throw new InvalidOperationException($"No way on from {other}."),
    };

    private async Task<Outcome> PlanAsync(Run run, Decision.Act act, CancellationToken ct)
    {
        var isApproved = run.Incident.ApprovedBy is not null && act.Mode is not Mode.Observe;
        if (!isApproved && act.Mode is not Mode.Observe && Settling.Until(run.Incident, act.Policy.Settle, Now) is { } settled)
        {
            return await PendAsync(run, $"new: left to settle until {settled:u}", settled - Now, ct);
        }

        return await WithWhoAsync(run, await stages.Planner.PlanAsync(run.Incident, act.Order, ct), ct) switch
        {
            var planned when act.Mode is Mode.Observe && planned.Watched(r => act.AsksFor(r.Playbook)) is var (ready, reason, why) =>
                await ObserveAsync(run, ready is null ? act.Over(run.Incident) : Planned(run, act, ready), reason, why, ct),
            Planning.Gone(var why) => await GoneAsync(run, why, ct),
            Planning.Refused(var reason, var why) => await EscalateAsync(run, reason, why, null, ct),
            Planning.AlreadyRight(_, var seen) when Dispute.Of(run.Incident, seen) is { } why =>
                await EscalateAsync(run, Reason.Disputed, why, null, ct),
            Planning.AlreadyRight when act.Playbook.Containment is { } left =>
                await ContainedAsync(run, run.Incident.Plan, left, ct),
            Planning.AlreadyRight => new Outcome.AlreadyRight(
                await run.ReleaseAsync(Transitions.AlreadyRight(run.Incident, act.Terms, Now, Now + limits.ConfirmAfter), ct)),
            Planning.Guarded(var reason, var why, var ready) when !isApproved => await AskAsync(run, act, ready, reason, why, ct),
            { Proposal: { } ready } when isApproved && ready.Plan.IsOtherThan(run.Incident.Plan) =>
                await AskAsync(run, act, ready, Reason.ApprovalNeeded, Sentences.OtherPlan, ct, again: true),
            Planning.Ready ready when !isApproved && act.AsksFor(ready.Playbook) is { } asks =>
                await AskAsync(run, act, ready, Reason.ApprovalNeeded, asks, ct),
            Planning.Ready when Flapping.Is(run.Incident, limits, Now) =>
                new Outcome.Escalated(await CallAsync(run, await guards.FlappingAsync(run.Incident, Now, ct), ct)),
            Planning.Ready { Recorded: { } past } ready when !isApproved && Quiet.Until(past.ChangedAt, act.Quiet, Now) is { } until =>
                await QuietAsync(run, act, ready, until, ct),
            Planning.Ready ready when !isApproved && Announced.Until(run.Incident, ready.Plan, act.Policy.WarnBefore, Now) is { } ahead =>
                await AnnounceAsync(run, act, ready, ahead, ct),
            { Proposal: { } ready } when act.Wait is { } wait => await EscalateAsync(
                run, Reason.Frozen, wait.Why, wait.Until, ct, Planned(run, act, ready).Terms),
            { Proposal: { } ready } => await ApplyAsync(run, act, ready, ct),
            var other => throw new InvalidOperationException($"Planning cannot end as {other}."),
        };
    }

    private static Incident Planned(Run run, Decision.Act act, Planning.Ready ready) => Transitions.Planned(
        run.Incident, act.Terms with { Playbook = ready.Playbook.Name, RevertWindow = run.Incident.Terms.RevertWindow }, ready.Change);

    /// <summary>A rollback says who changed the resource last.</summary>
    private async Task<Planning> WithWhoAsync(Run run, Planning planning, CancellationToken ct) =>
        planning.Proposal is not { Recorded: { } recorded } ? planning
        : planning.With(await guards.Attribution.OfRollbackAsync(run.Incident, recorded, ct));

    private Task<Outcome> QuietAsync(Run run, Decision.Act act, Planning.Ready ready, DateTimeOffset until, CancellationToken ct) =>
        Quiet.IsOver(run.Incident, Now) ? AskAsync(run, act, ready, Reason.NotQuiet, Sentences.NotQuiet(ready.Recorded), ct)
        : PendAsync(run, $"left until it is quiet, {until:u}: {ready.Recorded?.ChangedBy}", until - Now, ct);

    private Task<Outcome> ApplyAsync(Run run, Decision.Act act, Planning.Ready ready, CancellationToken ct) => BeginAsync(
        run, Planned(run, act, ready), ready.Playbook,
        (next, words) => Transitions.Begun(next, Flapping.RevertsOf(run.Incident, limits, Now), Now, Now + limits.RunTime, words),
        () => Applier.ApplyAsync(run, ready, AwsOf(run, ready.Playbook), ct), ct);

    /// <summary>A part of the change is made: what is left is made once people agreed to exactly that.</summary>
    private async Task<Outcome> RestAsync(Run run, int from, CancellationToken ct) =>
        await Parts.NextAsync(run, from, PlaybookOf(run), AwsOf(run), ct) switch
        {
            NextPart.Gone(var why) => await GoneAsync(run, why, ct),
            NextPart.Asks(_, var left, var reason, var why, var isNews) => new Outcome.AwaitingApproval(await CallAsync(
                run, Transitions.AsksAgain(run.Incident, from, left, reason, why, isNews, Now, limits.NextLookAt(run.Incident, Now)), ct)),
            _ => await BeginAsync(
                run, run.Incident, PlaybookOf(run), (next, words) => Transitions.RestBegun(next, Now, Now + limits.RunTime, words),
                () => Applier.ResumeAsync(run, PlaybookOf(run), AwsOf(run), ct), ct),
        };

    private async Task<Outcome> BeginAsync(
        Run run, Incident next, Playbook playbook, Func<Incident, string, Incident> begun, Func<Task<Applied>> apply, CancellationToken ct)
    {
        // Before-states and calls are durable from here on, and only from here on is anything changed.
        if (await stages.Decider.OrderOfAsync(run.Incident, ct) is { } order)
        {
            return await PendAsync(run, $"left alone after all: {order.Says}", TimeSpan.Zero, ct);
        }

        var entered = await ChangeSession.EnterAsync(accounts, next, playbook, ct);
        var budgets = guards.Budgets.OfChange(run.Incident.Resource.Account, playbook.Name, Now);
        return await run.BeginAsync(begun(next, entered.Words), budgets, ct) switch
        {
            Begun.OverBudget({ IsBreaker: true } off) => await PendAsync(run, Sentences.OutOfUse(off), off.WindowEnds - Now, ct),
            Begun.OverBudget(var used) => await EscalateAsync(run, Reason.OverBudget, Sentences.OverBudget(used), used.WindowEnds, ct),
            Begun.Stopped(var why) => await PendAsync(run, $"all changes are stopped: {why}", limits.StoppedAgain, ct),
            _ => await AppliedAsync(run, await apply(), ct),
        };
    }

    private async Task<Outcome> AppliedAsync(Run run, Applied applied, CancellationToken ct) => applied switch
    {
        Applied.Conflict(var differences) => await EscalateAsync(run, Reason.Conflict, Sentences.Conflict(differences), null, ct),
        Applied.Gone => await GoneAsync(run, "it was deleted while it was being changed", ct),
        Applied.UnderWay => await UnderWayAsync(run, ct),
        Applied.Asks(var from) => await RestAsync(run, from, ct),
        _ => await VerifyAsync(run, ct),
    };

    private async Task<Outcome> VerifyAsync(Run run, CancellationToken ct)
    {
        var (change, aws) = (run.Change, AwsOf(run));
        await LongRun.LookAsync(run, aws, ct);
        return await stages.Verifier.VerifyAsync(change.Plan, PlaybookOf(run), Scope.From(change.Inputs), aws, ct) switch
        {
            Verdict.Compliant(var plan) => await FixedAsync(run, plan, ct),
            Verdict.NotCompliant verdict => await NotVerifiedAsync(run, verdict, ct),
            Verdict.Gone => await GoneAsync(run, "it was deleted while it was being changed", ct),
            var other => throw new InvalidOperationException($"A verification cannot end as {other}."),
        };
    }

    private async Task<Outcome> FixedAsync(Run run, Plan readBack, CancellationToken ct)
    {
        await guards.Breaker.CountSuccessAsync(run.Incident, ct);
        var right = Transitions.Fixed(run.Incident, readBack, Now, Now + limits.ConfirmAfter);
        return PlaybookOf(run).Containment is { } left ? await ContainedAsync(run, readBack, left, ct) : new Outcome.Fixed(
            await run.ReleaseAsync(await guards.Findings.WriteAsync(right, FindingNotes.Fixed, ct), ct));
    }

    private async Task<Outcome> ContainedAsync(Run run, Plan? readBack, string left, CancellationToken ct) => new Outcome.Contained(
        await CallAsync(run, Transitions.Contained(run.Incident, readBack, left, Now, limits.NextLookAt(run.Incident, Now)), ct));

    /// <summary>Not right in time: waits where the playbook says that it takes time, else puts it back and calls a person.</summary>
    private async Task<Outcome> NotVerifiedAsync(Run run, Verdict.NotCompliant verdict, CancellationToken ct)
    {
        var change = run.Change;
        if (Now < (change.BeganAt ?? run.Incident.ChangedAt) + PlaybookOf(run).Wait)
        {
            return await PendAsync(run, Transitions.NotRightYet(run.Incident, Now, Now + limits.VerifyAgain), ct);
        }

        var why = Sentences.NotVerified(verdict.Step, verdict.At);
        return change.Runbook is { Execution: not null } runbook
            ? await EscalateAsync(run, Reason.NotVerified, $"{runbook.Still(Now)} Nothing was stopped or put back.", null, ct)
            : await UndoneAsync(run, await stages.Undo.PutBackAsync(run, Reason.NotVerified, why, ct), ct);
    }

    /// <summary>More comes after what has not ended: the next worker looks again, for as long as the playbook says.</summary>
    private async Task<Outcome> UnderWayAsync(Run run, CancellationToken ct) =>
        Now >= (run.Change.Runbook?.At ?? run.Change.BeganAt ?? run.Incident.ChangedAt) + PlaybookOf(run).Wait
            ? await EscalateAsync(run, Reason.NotVerified, Sentences.NotBegun(run.Change, Now), null, ct)
            : await PendAsync(run, Transitions.UnderWay(run.Incident, Now, Now + limits.VerifyAgain), ct);

    private async Task<Outcome> UndoneAsync(Run run, UndoEnd end, CancellationToken ct) => end switch
    {
        UndoEnd.Held(var held) => new Outcome.Undone(await guards.Findings.WriteAsync(held, FindingNotes.Undone, ct)),
        UndoEnd.Pending(var incident) => new Outcome.Pending(incident),
        UndoEnd.Conflict(var incident, var differences) => new Outcome.Conflict(incident, differences),
        UndoEnd.Escalate(Reason.AlarmRang, var why) when !run.Incident.IsChanged => new Outcome.Undone(await CallAsync(
            run, Transitions.HeldAfterAlarm(
                await guards.Findings.WriteAsync(run.Incident, FindingNotes.Undone, ct),
                why, Now, Now + limits.HoldFor), ct)),
        UndoEnd.Escalate(var reason, var why) => await EscalateAsync(run, reason, why, null, ct),
        UndoEnd.Gone => await GoneAsync(run, "there is nothing left to put back", ct),
        var other => throw new InvalidOperationException($"An undo cannot end as {other}."),
    };

    private async Task<Outcome> CloseAsync(ComplianceChange change, CancellationToken ct) =>
        await stages.Claimer.ClaimOpenAsync(change, stages.Confirmation.DoubtAsync, ct) switch
        {
            (Claim.Mine mine, _) => await CloseAsync(stages.Claimer.Run(mine), change.Compliance, change.RecordedAt, ct),
            (_, { MayPass: true } doubt) => new Outcome.Busy(doubt.Why),
            (_, var doubt) => new Outcome.Skipped(doubt.Why),
        };

    private Task<Outcome> PendAsync(Run run, string why, TimeSpan wait, CancellationToken ct) =>
        PendAsync(run, Transitions.Pending(run.Incident, why, Now, Now + wait), ct);

    private static async Task<Outcome> SkipAsync(Run run, Incident next, string why, CancellationToken ct)
    {
        await run.ReleaseAsync(next, ct);
        return new Outcome.Skipped(why);
    }

    private Task<Outcome> LeaveAsync(Run run, string why, DateTimeOffset? due, CancellationToken ct) =>
        SkipAsync(run, Transitions.LeftAlone(run.Incident, why, Now, due ?? limits.NextLookAt(run.Incident, Now)), why, ct);

    private async Task<Outcome> LeaveUntilAsync(Run run, Decision.Skip skip, DateTimeOffset until, CancellationToken ct)
    {
        var left = Transitions.LeftUntil(run.Incident, skip.Terms, skip.Why, Now, limits.NextLookAt(run.Incident, Now, until));
        return await SkipAsync(run, await stages.Notifier.EndAsync(run, left, ct), skip.Why, ct);
    }

    /// <summary>What is refused goes to the people that the policy names by now; where it only observes, it is recorded.</summary>
    private Task<Outcome> RefuseAsync(Run run, Decision.Refuse refuse, CancellationToken ct) => refuse.Mode is Mode.Observe
        ? ObserveAsync(run, run.Incident with { Terms = refuse.TermsOver(run.Incident.Terms) }, refuse.Reason, refuse.Why, ct)
        : EscalateAsync(run, refuse.Reason, refuse.Why, refuse.Until, ct, refuse.TermsOver(run.Incident.Terms));

    /// <summary>Where the policy only observes, what cannot be planned is recorded, and nobody is called.</summary>
    private Task<Outcome> NotObservedAsync(Run run, Fault fault, CancellationToken ct) =>
        fault.IsPassing || Transitions.IsAtWork(run.Incident.State) ? FailAsync(run, fault, ct)
        : ObserveAsync(run, run.Incident, fault.Reason, fault.Detail, ct);

    /// <summary>With a reason: why a person would be asked before the change, or why nothing could be done.</summary>
    private async Task<Outcome> ObserveAsync(Run run, Incident next, Reason? reason, string? why, CancellationToken ct) =>
        new Outcome.Observed(await run.ReleaseAsync(Transitions.Observed(next, reason, why, Now, limits.NextLookAt(next, Now)), ct));

    private async Task<Outcome> AskAsync(
        Run run, Decision.Act act, Planning.Ready ready, Reason reason, string why, CancellationToken ct, bool again = false) =>
        new Outcome.AwaitingApproval(await CallAsync(
            run, Transitions.AwaitsApproval(Planned(run, act, ready), reason, why, again, Now, limits.NextLookAt(run.Incident, Now)), ct));

    /// <summary>People hear first: the change comes by itself when the time is over, unless somebody objects.</summary>
    private async Task<Outcome> AnnounceAsync(Run run, Decision.Act act, Planning.Ready ready, DateTimeOffset at, CancellationToken ct) =>
        new Outcome.AwaitingApproval(await CallAsync(run, Transitions.AwaitsApproval(
            Planned(run, act, ready), Reason.Announced, Sentences.Announced(at, act.Wait?.Why),
            run.Incident.Telling.Announced?.Plan != ready.Plan.Identity, Now, at), ct));

    /// <summary>Most that are not found were deleted, and Config will say so: a person is called only where it does not.</summary>
    private async Task<Outcome> GoneAsync(Run run, string why, CancellationToken ct) => run.Incident.Reason is Reason.NotFound
        ? await EscalateAsync(run, Reason.NotFound, $"The resource was not found: {why}. Config still reports it.", null, ct)
        : await PendAsync(run, Transitions.Pending(run.Incident, why, Now, Now + limits.GoneAgain) with { Reason = Reason.NotFound }, ct);

    /// <summary>A known error: tries again later where that can help, else puts back what was done and calls a person.</summary>
    private async Task<Outcome> FailAsync(Run run, Fault fault, CancellationToken ct) =>
        fault.IsPassing && limits.IsAttemptLeft(run.Incident) ? await TryLaterAsync(run, fault.Detail, ct)
        : fault.Reason is Reason.NotFound && !Transitions.IsAtWork(run.Incident.State) ? await GoneAsync(run, fault.Detail, ct)
        : run.Incident.Change is { Runbook: { Execution: not null } runbook }
            ? await EscalateAsync(run, fault.Reason, Sentences.MayRunOn(fault.Detail, runbook), null, ct)
        : run.Incident is { State: IncidentState.Applying or IncidentState.Verifying, Change.AsksAt: null }
            ? await UndoneAsync(run, await stages.Undo.PutBackAsync(run, fault.Reason, fault.Detail, ct), ct)
        : await EscalateAsync(run, fault.Reason, fault.Detail, null, ct);

    /// <summary>Before the first change a person is called at once; a change that began is tried again before that.</summary>
    private async Task<Outcome> DefectAsync(Run run, CancellationToken ct) =>
        !Transitions.IsAtWork(run.Incident.State) ? await EscalateAsync(run, Reason.Failed, Sentences.PlanningDefect, null, ct)
        : limits.IsAttemptLeft(run.Incident) ? await TryLaterAsync(run, "a defect in this program", ct)
        : await EscalateAsync(run, Reason.Failed, Sentences.ChangingDefect, null, ct);

    private Task<Outcome> TryLaterAsync(Run run, string why, CancellationToken ct) =>
        PendAsync(run, Transitions.TriedAgainLater(run.Incident, why, Now, Now + Limits.Backoff(run.Incident)), ct);

    /// <summary>The time is up: the incident stays as it is, and the next worker goes on.</summary>
    private async Task<Outcome> HandBackAsync(Run run)
    {
        // The run's own token has fired already: what is left of the time is for this one write.
        using var grace = new CancellationTokenSource(Limits.HandBackGrace, clock);
        await run.ReleaseAsync(Transitions.Waiting(run.Incident, "out of time", Now, Now), grace.Token);
        return new Outcome.Busy("out of time");
    }

    private async Task<Incident> CallAsync(Run run, Incident next, CancellationToken ct) =>
        await run.ReleaseAsync(await stages.Notifier.CallAsync(run, next, ct), ct);

    private IAws AwsOf(Run run, Playbook? playbook = null) => DeclaredCalls.Of(accounts, run.Incident, playbook ?? PlaybookOf(run));

    private Playbook PlaybookOf(Run run) => stages.Playbooks.Of(run.Change);
}
