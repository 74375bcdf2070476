using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Undo;
using Remediator.Values;
using Remediator.Verify;

namespace Remediator;

/// <summary>The ways in which a run ends: each one journaled, each one gives the resource back.</summary>
internal sealed class Endings(
    IJournal journal, Claimer claimer, Escalator escalator, Verifier verifier, IAwsAccounts accounts, Guardrails guards, TimeProvider clock)
{
    private readonly Limits limits = guards.Limits;

    public bool IsHeld(Incident incident) => incident.State is IncidentState.Held && incident.Due > clock.GetUtcNow();

    public bool IsFlapping(Incident incident) => RevertsOf(incident) >= limits.MostReverts;

    /// <summary>Makes the plan durable and counts it against the budgets. Null where the change may begin.</summary>
    public async Task<Outcome?> BeginAsync(Run run, Decision.Act act, Planning.Ready ready, CancellationToken ct)
    {
        var next = Planned(run.Noted(ready.Plan.Calls.Count() is var calls && calls == 1 ? "applying 1 call" : $"applying {calls} calls"), act, ready) with
        {
            State = IncidentState.Applying,
            Step = 0,
            Attempts = run.Incident.Attempts + 1,
            Reverts = RevertsOf(run.Incident),
            IsChanged = true,
            UndoCalls = [],
            ApprovedBy = null,
            FixedAt = null,
            Due = clock.GetUtcNow() + limits.RunTime,
        };
        return await run.BeginAsync(next, limits.Budgets(run.Incident, act, clock.GetUtcNow()), ct) switch
        {
            Begun.OverBudget({ IsBreaker: true } breaker) => await PendAsync(run, $"{breaker.Name}: too many", breaker.WindowEnds - clock.GetUtcNow(), ct),
            Begun.OverBudget(var budget) =>
                await EscalateAsync(run, Reason.OverBudget, $"{budget.Limit} changes an hour are used up for {budget.Name}.", budget.WindowEnds, ct),
            Begun.Stopped(var why) => await PendAsync(run, $"all changes are stopped: {why}", TimeSpan.FromMinutes(1), ct),
            _ => null,
        };
    }

    public async Task<Outcome> FixedAsync(Run run, Plan plan, CancellationToken ct) =>
        new Outcome.Fixed(await run.ReleaseAsync(run.Noted("read back and found right") with
        {
            State = IncidentState.Fixed,
            Reason = null,
            Detail = null,
            Runbook = null,
            Plan = plan,
            FixedAt = clock.GetUtcNow(),
            Due = clock.GetUtcNow() + limits.ConfirmAfter,
        }, ct));

    public async Task<Outcome> AlreadyRightAsync(Run run, Decision.Act act, CancellationToken ct) =>
        new Outcome.AlreadyRight(await run.ReleaseAsync(run.Noted("already right") with
        {
            State = IncidentState.Fixed,
            ApprovedBy = null,
            Runbook = null,
            Playbook = act.Playbook.Name,
            FixedAt = run.Incident.FixedAt ?? clock.GetUtcNow(),
            ConfirmWithin = act.Policy.ConfirmWithin,
            Due = clock.GetUtcNow() + limits.ConfirmAfter,
        }, ct));

    public async Task<Outcome> ObserveAsync(Run run, Decision.Act act, Planning.Ready ready, CancellationToken ct) =>
        new Outcome.Observed(await run.ReleaseAsync(Planned(run.Noted("observed"), act, ready) with
        {
            State = IncidentState.Observed,
            ApprovedBy = null,
            Due = clock.GetUtcNow() + limits.LookAgain,
        }, ct));

    public async Task<Outcome> AskAsync(
        Run run, Decision.Act act, Planning.Ready ready, Reason reason, string why, CancellationToken ct, bool again = false) =>
        act.Mode is Mode.Observe ? await ObserveAsync(run, act, ready, ct) : new Outcome.AwaitingApproval(await escalator.EscalateAsync(
            run,
            Planned(run.Noted("asks for approval"), act, ready) with
            {
                State = IncidentState.AwaitingApproval,
                ApprovedBy = null,
                Reason = reason,
                Detail = why,
                Notice = again ? NoticeState.None : run.Incident.Notice,
                Due = clock.GetUtcNow() + limits.LookAgain,
            },
            act.Playbook.Manual,
            ct));

    public async Task<Outcome> EscalateAsync(Run run, Reason reason, string why, DateTimeOffset? retry, CancellationToken ct)
    {
        var next = run.Noted($"escalated: {reason.Name()}") with
        {
            State = IncidentState.Escalated,
            ApprovedBy = null,
            Reason = reason,
            Detail = why,
            Reverts = reason is Reason.Flapping ? RevertsOf(run.Incident) : run.Incident.Reverts,
            Due = retry ?? clock.GetUtcNow() + limits.LookAgain,
        };
        if (run.Incident.Attempts > 0 && Limits.CountsAsFailure(reason))
        {
            await guards.Breaker.CountFailureAsync(run.Incident, ct);
        }

        return new Outcome.Escalated(await escalator.EscalateAsync(run, next, Manual(run.Incident), ct));
    }

    public async Task<Outcome> EscalateFlappingAsync(Run run, CancellationToken ct)
    {
        // Asked for once: later events find that people know.
        var who = run.Incident.Told is Reason.Flapping ? "" : $" {await guards.Attribution.OfAsync(run.Incident, ct)}";
        return await EscalateAsync(run, Reason.Flapping, $"The fix was reverted {RevertsOf(run.Incident)} times: whoever does that has to be found first.{who}", null, ct);
    }

    public Task<Outcome> EscalateConflictAsync(Run run, ImmutableArray<Difference> differences, CancellationToken ct) => EscalateAsync(
        run, Reason.Conflict, $"Somebody else changed it at the same time, at {string.Join(", ", differences.Select(d => d.At))}.", null, ct);

    /// <summary>Most resources that are not found were deleted, and Config will say so: a person is called only where it does not.</summary>
    public Task<Outcome> EscalateGoneAsync(Run run, string why, CancellationToken ct) => run.Incident.Reason is Reason.NotFound
        ? EscalateAsync(run, Reason.NotFound, $"The resource was not found: {why}. Config still reports it.", null, ct)
        : PendAsync(run, run.Noted($"later: {why}") with { Reason = Reason.NotFound }, limits.GoneAgain, ct);

    /// <summary>What was approved is no longer what would be done.</summary>
    public Task<Outcome> AskAgainAsync(Run run, Decision.Act act, Planning.Ready ready, CancellationToken ct) => AskAsync(
        run, act, ready, Reason.ApprovalNeeded, "The resource changed since the plan was shown: this is the plan now.", ct, again: true);

    /// <summary>Not right in time: waits where the playbook says that it takes time, else puts it back and calls a person.</summary>
    public async Task<Outcome> NotVerifiedAsync(Run run, Playbook playbook, Verdict.NotCompliant verdict, CancellationToken ct)
    {
        var wait = playbook.Steps.Max(s => s.Wait);
        var began = run.Incident.Entries.LastOrDefault(e => e.What.StartsWith("applying", StringComparison.Ordinal))?.At ?? run.Incident.ChangedAt;
        if (clock.GetUtcNow() < began + wait)
        {
            return new Outcome.Pending(await run.ReleaseAsync(
                run.Noted("not right yet") with { State = IncidentState.Verifying, Due = clock.GetUtcNow() + limits.VerifyAgain }, ct));
        }

        if (run.Incident.Runbook is { Execution: not null } atWork)
        {
            return await EscalateAsync(run, Reason.NotVerified, $"{Still(atWork)} Nothing was stopped or put back.", null, ct);
        }

        var why = $"The calls went through, but {verdict.Step} still differs at {string.Join(", ", verdict.At)}.";
        return await PutBackAsync(run, playbook, new(Reason.NotVerified, why, IsPassing: false), ct);
    }

    /// <summary>An error that the pipeline knows: tries again later where that can help, else puts back what was done and calls a person.</summary>
    public async Task<Outcome> FailAsync(Run run, Fault fault, CancellationToken ct)
    {
        var attempts = run.Incident.State is IncidentState.Applying ? run.Incident.Attempts : run.Incident.Attempts + 1;
        if (fault.IsPassing && attempts < limits.MostAttempts)
        {
            var state = run.Incident.State is IncidentState.Applying or IncidentState.Verifying or IncidentState.Undoing
                ? run.Incident.State
                : IncidentState.Pending;
            return new Outcome.Pending(await run.ReleaseAsync(run.Noted($"later: {fault.Detail}") with
            {
                State = state,
                Attempts = run.Incident.Attempts + 1,
                Due = clock.GetUtcNow() + Limits.Backoff(attempts),
            }, ct));
        }

        if (run.Incident.Runbook is { Execution: { } execution } atWork)
        {
            return await EscalateAsync(run, fault.Reason, $"{fault.Detail} {atWork.Name} was started, execution {execution}, and may run on: nothing was stopped or put back.", null, ct);
        }

        return run.Incident.State is IncidentState.Applying or IncidentState.Verifying && run.Incident.Plan is not null
            ? await PutBackAsync(run, PlaybookReader.Read(run.Incident.Playbook, run.Incident.Playbook, run.Incident.PlaybookSource), fault, ct)
            : await EscalateAsync(run, fault.Reason, fault.Detail, null, ct);
    }

    /// <summary>Undoes what an incident changed, and proves it. A person's undo ends held, the service's own ends with a person called.</summary>
    /// <param name="found">The incident as the person found it: where the undo may not be made, it stays so. Null for whoever goes on with an undo.</param>
    public async Task<Outcome> UndoAsync(Run run, Playbook playbook, bool force, Incident? found, CancellationToken ct)
    {
        var aws = accounts.For(run.Incident.Resource.Account, run.Incident.Region);
        switch (await Undoer.PlanAsync(run.Incident, playbook, aws, force, ct))
        {
            case UndoPlan.Conflict(var differences):
                return await ConflictAsync(run, differences, found, ct);
            case UndoPlan.Ready ready:
                await run.SaveAsync(run.Incident with { UndoCalls = [.. ready.Calls.Select(c => c.Planned)] }, ct);
                await Undoer.ApplyAsync(run, ready, aws, ct);
                if (run.Incident.Runbook is { Execution: not null } atWork)
                {
                    return await UndoingAsync(run, playbook, atWork, ct);
                }

                return await verifier.VerifyUndoneAsync(ready.Steps, ready.Scope, aws, ct)
                    ? await UndoneAsync(run, ct)
                    : await EscalateAsync(run, Reason.NotVerified, "The undo went through, but the setting is not as it was.", null, ct);
            default:
                return await EscalateGoneAsync(run, "there is nothing left to put back", ct);
        }
    }

    /// <summary>Closes the incident that a compliant event is about.</summary>
    public async Task<Outcome> CloseAsync(ComplianceChange change, CancellationToken ct)
    {
        foreach (var resource in GlobalResources.Keys(change.Resource))
        {
            if (await journal.FindOpenAsync(Incident.KeyOf(resource, change.Rule), ct) is not { } open || change.RecordedAt <= open.RecordedAt)
            {
                continue;
            }

            if (ClaimRules.IsUnfinished(open.State))
            {
                return new Outcome.Skipped($"incident {open.Id} is being worked on; Config is asked again once it is done");
            }

            if (open.State is IncidentState.Held && change.Compliance is Compliance.Compliant && change.RecordedAt <= open.ChangedAt)
            {
                return new Outcome.Skipped($"incident {open.Id} is held since; Config looked before that");
            }

            return await claimer.ResumeAsync(open, ct) is Claim.Mine mine
                ? await CloseAsync(claimer.Run(mine), change.Compliance, change.RecordedAt, ct)
                : new Outcome.Busy($"another worker has incident {open.Id}");
        }

        return new Outcome.Skipped("no open incident");
    }

    public async Task<Outcome> CloseAsync(Run run, Compliance compliance, DateTimeOffset recordedAt, CancellationToken ct) =>
        new Outcome.Closed(await escalator.CloseAsync(run, run.Noted($"closed: {compliance}") with
        {
            State = IncidentState.Closed,
            RecordedAt = recordedAt,
            Due = null,
        }, ct));

    /// <summary>Until when a resource that Config sees for the first time is left to whoever sets it up; null once it is not.</summary>
    public DateTimeOffset? SettlesUntil(Incident incident, Decision.Act act) =>
        incident.IsFirst && act.Mode is not Mode.Observe && incident.OpenedAt + act.Policy.Settle is { } until && until > clock.GetUtcNow() ? until : null;

    public Task<Outcome> SettleAsync(Run run, DateTimeOffset until, CancellationToken ct) =>
        PendAsync(run, $"new: left to settle until {until:u}", until - clock.GetUtcNow(), ct);

    public Task<Outcome> PendAsync(Run run, string why, TimeSpan wait, CancellationToken ct) =>
        PendAsync(run, run.Noted($"later: {why}"), wait, ct);

    private async Task<Outcome> PendAsync(Run run, Incident noted, TimeSpan wait, CancellationToken ct) =>
        new Outcome.Pending(await run.ReleaseAsync(noted with { State = IncidentState.Pending, Due = clock.GetUtcNow() + wait }, ct));

    /// <summary>Nothing to do after all.</summary>
    public async Task<Outcome> ReleaseAsync(Run run, string why, CancellationToken ct)
    {
        var state = run.Incident.State is IncidentState.Open ? IncidentState.Observed : run.Incident.State;
        var due = run.Incident.Due > clock.GetUtcNow() && state is IncidentState.Held ? run.Incident.Due : clock.GetUtcNow() + limits.LookAgain;
        await run.ReleaseAsync(run.Noted(why) with { State = state, ApprovedBy = null, Due = due }, ct);
        return new Outcome.Skipped(why);
    }

    /// <summary>A person keeps the service's hands off for a while.</summary>
    public async Task<Outcome> HoldAsync(Run run, string note, CancellationToken ct)
    {
        await run.ReleaseAsync(run.Noted(note) with { State = IncidentState.Held, ApprovedBy = null, Detail = note, Due = clock.GetUtcNow() + limits.HoldFor }, ct);
        return new Outcome.Skipped($"held until {clock.GetUtcNow() + limits.HoldFor:u}");
    }

    /// <summary>A change under way halts where it is; the incident says how far it came, and the sweep goes on with it once that is allowed.</summary>
    public async Task<Outcome> StopAsync(Run run, string why, CancellationToken ct) => new Outcome.Pending(
        await run.ReleaseAsync(run.Noted($"halted: all changes are stopped: {why}") with { Due = clock.GetUtcNow() + TimeSpan.FromMinutes(1) }, ct));

    /// <summary>The time is up: the incident stays as it is, and the next worker goes on.</summary>
    public async Task<Outcome> HandBackAsync(Run run)
    {
        // The run's own token has fired already: what is left of the time is for this one write.
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);
        await run.ReleaseAsync(run.Noted("out of time") with { Due = clock.GetUtcNow() }, grace.Token);
        return new Outcome.Busy("out of time");
    }

    /// <summary>A fix of ours that is wrong again was reverted by somebody; one that held for long starts the count anew.</summary>
    private int RevertsOf(Incident incident) => incident is not { State: IncidentState.Fixed, IsChanged: true }
        ? incident.Reverts
        : clock.GetUtcNow() - (incident.FixedAt ?? incident.ChangedAt) <= limits.RevertsWithin ? incident.Reverts + 1 : 1;

    private static Incident Planned(Incident incident, Decision.Act act, Planning.Ready ready) => incident with
    {
        Plan = ready.Plan,
        Inputs = ready.Scope.Root,
        Mode = act.Mode.ToString().ToLowerInvariant(),
        Playbook = act.Playbook.Name,
        PlaybookSource = act.Playbook.Source,
        RuleIdentifier = act.Rule.SourceIdentifier,
        Owner = act.Policy.Owner ?? "",
        Environment = act.Policy.Environment ?? "",
        Severity = act.Policy.Severity ?? "warning",
        ConfirmWithin = act.Policy.ConfirmWithin,
    };

    private async Task<Outcome> PutBackAsync(Run run, Playbook playbook, Fault fault, CancellationToken ct)
    {
        await run.SaveAsync(run.Noted($"puts back: {fault.Reason.Name()}") with
        {
            State = IncidentState.Undoing,
            Reason = fault.Reason,
            Detail = fault.Detail,
            Due = clock.GetUtcNow() + limits.RunTime,
        }, ct);
        try
        {
            return await UndoAsync(run, playbook, force: false, found: null, ct);
        }
        catch (AwsException e)
        {
            return await EscalateAsync(run, fault.Reason, $"{fault.Detail} Putting it back failed too: {e.Operation}: {e.Code}.", null, ct);
        }
    }

    /// <summary>A runbook has not ended, and more comes after it: the next worker looks at it again, for as long as the playbook says.</summary>
    public async Task<Outcome> UnderWayAsync(Run run, Playbook playbook, CancellationToken ct)
    {
        var atWork = run.Incident.Runbook!;
        return clock.GetUtcNow() < atWork.At + playbook.Steps.Max(s => s.Wait)
            ? new Outcome.Pending(await run.ReleaseAsync(run.Noted("a runbook is under way") with { Due = clock.GetUtcNow() + limits.VerifyAgain }, ct))
            : await EscalateAsync(run, Reason.NotVerified, $"{Still(atWork)} What comes after it was not begun, and nothing was put back.", null, ct);
    }

    /// <summary>The runbook that undoes has not ended: the next worker looks at it again, for as long as the playbook says.</summary>
    private async Task<Outcome> UndoingAsync(Run run, Playbook playbook, StartedRunbook atWork, CancellationToken ct) =>
        clock.GetUtcNow() < atWork.At + playbook.Steps.Max(s => s.Wait)
            ? new Outcome.Pending(await run.ReleaseAsync(run.Noted("not undone yet") with { Due = clock.GetUtcNow() + limits.VerifyAgain }, ct))
            : await EscalateAsync(run, Reason.NotVerified, $"The undo: {Still(atWork)}", null, ct);

    private string Still(StartedRunbook runbook) =>
        $"{runbook.Name} is still {runbook.Status ?? "under way"} after {(clock.GetUtcNow() - runbook.At).TotalMinutes:0} minutes, execution {runbook.Execution}.";

    private async Task<Outcome> UndoneAsync(Run run, CancellationToken ct)
    {
        if (run.Incident.Reason is { } reason)
        {
            var next = run.Incident with { IsChanged = false };
            await run.SaveAsync(next, ct);
            return await EscalateAsync(run, reason, run.Incident.Detail ?? "", null, ct);
        }

        return new Outcome.Undone(await run.ReleaseAsync(run.Noted("undone, read back and found as before; held") with
        {
            State = IncidentState.Held,
            IsChanged = false,
            Due = clock.GetUtcNow() + limits.HoldFor,
        }, ct));
    }

    private async Task<Outcome> ConflictAsync(Run run, ImmutableArray<Difference> differences, Incident? found, CancellationToken ct)
    {
        if (run.Incident.Reason is { } reason)
        {
            return await EscalateAsync(run, reason, $"{run.Incident.Detail} It was not put back: somebody else changed it meanwhile.", null, ct);
        }

        if (found is null)
        {
            // Whoever asked for it is not there any more.
            var at = string.Join(", ", differences.Select(d => d.At));
            return await EscalateAsync(run, Reason.Conflict, $"The undo was stopped: somebody else changed it meanwhile, at {at}.", null, ct);
        }

        var incident = await run.ReleaseAsync(
            run.Noted("undo stopped: conflict") with { State = found.State, Reason = found.Reason, Detail = found.Detail, Due = found.Due }, ct);
        return new Outcome.Conflict(incident, differences);
    }

    private static string? Manual(Incident incident) => incident.PlaybookSource.Length == 0
        ? null
        : PlaybookReader.TryRead(incident.Playbook, incident.Playbook, incident.PlaybookSource).Playbook?.Manual;
}
