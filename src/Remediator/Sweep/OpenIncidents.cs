using Remediator.Aws;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>Goes on with one incident that is due, as the table of <see cref="Transitions"/> says.</summary>
internal sealed class OpenIncidents(Claimer claimer, Pipeline pipeline, IConfigService config, Limits limits, TimeProvider clock)
{
    /// <summary>What Config is to evaluate again: asked for once, after all of them.</summary>
    public Reevaluations Reevaluations { get; } = new(config, clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Null where a live event has the resource: it goes first.</summary>
    public async Task<Outcome?> GoOnAsync(Incident incident, CancellationToken ct) =>
        await claimer.TryResumeAsync(incident, ct) is Claim.Mine mine ? await GoOnAsync(claimer.Run(mine), ct) : null;

    private Task<Outcome> GoOnAsync(Run run, CancellationToken ct)
    {
        // Config could not be asked: nothing about the incident is different, except that its time may be up.
        var mayWait = Transitions.MayBeOver(run.Incident.State) && run.Incident.State is not IncidentState.Pending;
        return pipeline.EndAsync(run, () => NextAsync(run, ct), mayWait ? fault => PostponeAsync(run, fault, ct) : null, ct);
    }

    private async Task<Outcome> PostponeAsync(Run run, Fault fault, CancellationToken ct) =>
        run.Incident.State is IncidentState.Fixed && AgeOf(run.Incident) > MostOf(run.Incident)
            ? await pipeline.EscalateAsync(
                run, Reason.Unconfirmed, $"The setting reads right, but Config could not be asked: {fault.Detail}", null, ct)
            : await Pipeline.PendAsync(
                run,
                Transitions.Waiting(
                    run.Incident,
                    $"Config could not be asked: {fault.Detail}",
                    Now,
                    Now + Limits.Spread(run.Incident, limits.AskConfigAgain)),
                ct);

    private async Task<Outcome> NextAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        if (incident is { Telling.Notice: NoticeState.Due, State: IncidentState.Escalated or IncidentState.AwaitingApproval })
        {
            return await pipeline.SendDueAsync(run, ct);
        }

        if (Transitions.MayBeOver(incident.State) && await ConfirmAsync(run, ct) is { } ended)
        {
            return ended;
        }

        return incident.State switch
        {
            IncidentState.Fixed => await WaitForConfirmationAsync(run, ct),
            IncidentState.Observed => await ObservedAsync(run, ct),
            IncidentState.AwaitingApproval when incident.ApprovedBy is null => await LookAgainAsync(run, ct),
            IncidentState.Escalated when !TryingAgainHelps(incident.Reason) => await LookAgainAsync(run, ct),
            _ => await StartAgainAsync(run, ct),
        };
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
            : await LookAgainAsync(run, ct);
    }

    /// <summary>What waits for people: reminds them by the policy's ladder, and else looks again in a day.</summary>
    private async Task<Outcome> LookAgainAsync(Run run, CancellationToken ct)
    {
        var next = limits.NextLookAt(run.Incident, Now);
        var reminder = limits.Reminder(run.Incident);
        if (reminder is null || reminder > Now)
        {
            return await Pipeline.PendAsync(run, run.Incident with { Due = reminder < next ? reminder : next }, ct);
        }

        // The notice names an exemption as one way on: whoever took it needs no reminder.
        return await pipeline.DecideAsync(run.Incident, ct) is Decision.Skip(var why)
            ? await Pipeline.PendAsync(run, Transitions.Waiting(run.Incident, $"nobody is reminded: {why}", Now, next), ct)
            : await pipeline.RemindAsync(run, next, ct);
    }

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
