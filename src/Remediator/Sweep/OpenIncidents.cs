using Remediator.Aws;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>Goes on with one incident that is due, as the table of <see cref="Transitions"/> says.</summary>
internal sealed class OpenIncidents(
    Claimer claimer, Pipeline pipeline, IConfigService config, AwsAlarms alarms, Limits limits, TimeProvider clock)
{
    /// <summary>What Config is to evaluate again: asked for once, after all of them.</summary>
    public Reevaluations Reevaluations { get; } = new(config, clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Null where a live event has the resource: it goes first.</summary>
    public async Task<Outcome?> GoOnAsync(Incident incident, CancellationToken ct) =>
        await claimer.TryResumeAsync(incident, ct) is Claim.Mine mine ? await GoOnAsync(claimer.Run(mine), ct) : null;

    /// <summary>An order is about it, or is no more: whatever it waits for. False where somebody has the resource.</summary>
    public async Task<bool> DecideAnewAsync(Incident incident, CancellationToken ct)
    {
        if (await claimer.TryResumeAsync(incident, ct) is not Claim.Mine mine)
        {
            return false;
        }

        var run = claimer.Run(mine);
        await pipeline.EndAsync(run, () => StartAgainAsync(run, ct), null, ct);
        return true;
    }

    private Task<Outcome> GoOnAsync(Run run, CancellationToken ct)
    {
        // Config could not be asked: nothing about the incident is different, except that its time may be up.
        var mayWait = Transitions.MayBeOver(run.Incident.State) && run.Incident.State is not IncidentState.Pending;
        return pipeline.EndAsync(run, () => NextAsync(run, ct), mayWait ? fault => PostponeAsync(run, fault, ct) : null, ct);
    }

    private async Task<Outcome> PostponeAsync(Run run, Fault fault, CancellationToken ct)
    {
        var (incident, isWatched) = (run.Incident, run.Incident.Watched is not null);
        var what = $"{(isWatched ? "the alarms that would take the change back" : "Config")} could not be asked: {fault.Detail}";
        return incident.State is IncidentState.Fixed && (AgeOf(incident) > MostOf(incident) || (isWatched && !fault.IsPassing))
            ? await pipeline.EscalateAsync(run, Reason.Unconfirmed, $"The setting reads right, but {what}", null, ct)
            : await Pipeline.PendAsync(
                run, Transitions.Waiting(incident, what, Now, Now + Limits.Spread(incident, limits.AskConfigAgain)), ct);
    }

    private async Task<Outcome> NextAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        if (incident.Telling.Notice is NoticeState.Due
            && (incident.State is IncidentState.Escalated or IncidentState.AwaitingApproval
                || incident is { State: IncidentState.Held, Reason: Reason.AlarmRang }))
        {
            return await pipeline.SendDueAsync(run, ct);
        }

        if (incident.Watched is { } watch)
        {
            return await WatchAsync(run, watch, ct);
        }

        if (Transitions.MayBeOver(incident.State) && await ConfirmAsync(run, ct) is { } ended)
        {
            return ended;
        }

        return incident.State switch
        {
            IncidentState.Fixed => await WaitForConfirmationAsync(run, ct),
            IncidentState.Observed => await ObservedAsync(run, ct),
            IncidentState.AwaitingApproval when incident is { ApprovedBy: null, Reason: not Reason.Announced } =>
                await LookAgainAsync(run, ct),
            IncidentState.Escalated when !TryingAgainHelps(incident.Reason) => await LookAgainAsync(run, ct),
            _ => await StartAgainAsync(run, ct),
        };
    }

    /// <summary>
    /// An alarm that rang takes the change back. Until the time of the watch is over nothing closes the incident, whatever Config says.
    /// </summary>
    private async Task<Outcome> WatchAsync(Run run, AlarmWatch watch, CancellationToken ct)
    {
        var incident = run.Incident;
        if (await alarms.FirstRungAsync(incident.Resource.Account, incident.Region, watch, ct) is { } alarm)
        {
            return await pipeline.TakeBackAsync(run, Sentences.AlarmRang(alarm.Name, alarm.Since), ct);
        }

        if (watch.Until is { } until && until > Now)
        {
            var next = Now + limits.ConfirmAfter;
            return await Pipeline.PendAsync(run, incident with { Due = next < until ? next : until }, ct);
        }

        await run.SaveAsync(Transitions.WatchEnded(incident, Now), ct);
        return await NextAsync(run, ct);
    }

    private async Task<Outcome> StartAgainAsync(Run run, CancellationToken ct) =>
        await pipeline.ContinueAsync(run, await pipeline.DecideAsync(run.Incident, ct), ct);

    /// <summary>
    /// Closes the incident where Config says that the resource is right, or no longer there; a fix that is wrong again goes on.
    /// </summary>
    private async Task<Outcome?> ConfirmAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        var evaluation = await config.EvaluationAsync(incident.Resource, incident.Region, incident.Rule, ct);
        if (evaluation is null && (IsExpected(incident) || await IsRuleGoneAsync(incident, ct)))
        {
            return await pipeline.CloseAsync(run, Compliance.NotApplicable, incident.Origin.RecordedAt, ct);
        }

        if (evaluation is null || evaluation.RecordedAt <= incident.Origin.RecordedAt)
        {
            return null;
        }

        if (evaluation.Compliance is not Compliance.NonCompliant)
        {
            return await pipeline.CloseAsync(run, evaluation.Compliance, evaluation.RecordedAt, ct);
        }

        if (incident.State is not IncidentState.Fixed
            || evaluation.RecordedAt <= incident.FixedAt
            || evaluation.OrderedAt <= incident.FixedAt)
        {
            return null;
        }

        // The event that says so did not come.
        await run.SaveAsync(Transitions.WrongAgain(incident, evaluation.RecordedAt, Now), ct);
        return await StartAgainAsync(run, ct);
    }

    /// <summary>Config forgets what is not there any more: it was not found, or the fix was to delete it.</summary>
    private static bool IsExpected(Incident incident) => incident.Reason is Reason.NotFound
        || (incident is { State: IncidentState.Fixed, Plan: { } plan } && plan.Steps.Any(s => s.Deletes));

    private async Task<Outcome> WaitForConfirmationAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        if (await IsRuleGoneAsync(incident, ct))
        {
            return await pipeline.CloseAsync(run, Compliance.NotApplicable, incident.Origin.RecordedAt, ct);
        }

        var (age, most) = (AgeOf(incident), MostOf(incident));
        if (age > most)
        {
            return await pipeline.EscalateAsync(
                run, Reason.Unconfirmed, $"The setting reads right, but Config has not said so in {most.TotalHours:0.#} hours.", null, ct);
        }

        Reevaluations.Want(incident);
        return await Pipeline.PendAsync(run, incident with { Due = Now + Later(age, most) }, ct);
    }

    /// <summary>Config sends no second event for what it reported before the policy said to act.</summary>
    private async Task<Outcome> ObservedAsync(Run run, CancellationToken ct)
    {
        var decision = await pipeline.DecideAsync(run.Incident, ct);
        return decision is not Decision.Skip && decision.Mode is not Mode.Observe
            ? await pipeline.ContinueAsync(run, decision, ct)
            : await LookAgainAsync(run, decision, ct);
    }

    private async Task<Outcome> LookAgainAsync(Run run, CancellationToken ct) =>
        await LookAgainAsync(run, await pipeline.DecideAsync(run.Incident, ct), ct);

    /// <summary>What waits for people: reminds them by the policy's ladder, and else looks again in a day. What is exempt waits no
    /// more.</summary>
    private async Task<Outcome> LookAgainAsync(Run run, Decision decision, CancellationToken ct)
    {
        if (decision is Decision.Skip { Until: not null })
        {
            return await pipeline.ContinueAsync(run, decision, ct);
        }

        if (run.Incident.Terms.EscalateTo != decision.Terms.EscalateTo)
        {
            await run.SaveAsync(run.Incident with { Terms = run.Incident.Terms with { EscalateTo = decision.Terms.EscalateTo } }, ct);
        }

        var next = limits.NextLookAt(run.Incident, Now);
        var call = limits.NextCall(run.Incident);
        if (call is null || call > Now)
        {
            return await Pipeline.PendAsync(run, run.Incident with { Due = call < next ? call : next }, ct);
        }

        return decision switch
        {
            { OrderedBy: { } order } => await NotRemindedAsync(run, order.Says, next, ct),
            Decision.Skip(var why) => await NotRemindedAsync(run, why, next, ct),
            _ => await pipeline.RemindAsync(run, next, ct),
        };
    }

    private Task<Outcome> NotRemindedAsync(Run run, string why, DateTimeOffset next, CancellationToken ct) =>
        Pipeline.PendAsync(run, Transitions.Waiting(run.Incident, $"nobody is reminded: {why}", Now, next), ct);

    private async Task<bool> IsRuleGoneAsync(Incident incident, CancellationToken ct) =>
        await config.RuleAsync(incident.Resource.Account, incident.Region, incident.Rule, ct) is null;

    private TimeSpan AgeOf(Incident incident) => Now - (incident.FixedAt ?? incident.ChangedAt);

    private TimeSpan MostOf(Incident incident) => incident.Terms.ConfirmWithin ?? limits.ConfirmWithin;

    private static bool TryingAgainHelps(Reason? reason) =>
        reason is Reason.Frozen or Reason.OverBudget or Reason.ThrottledOut or Reason.BreakerOpen;

    /// <summary>Soon at first, then ever more rarely: a change-triggered rule answers in minutes, a periodic one within a day.</summary>
    private static TimeSpan Later(TimeSpan age, TimeSpan most)
    {
        var (shortest, longest) = Limits.ConfirmAgain;
        var wait = TimeSpan.FromTicks(Math.Clamp(age.Ticks, shortest.Ticks, longest.Ticks));
        return age < most && age + wait > most ? most - age + TimeSpan.FromSeconds(1) : wait;
    }
}
