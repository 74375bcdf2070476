using Microsoft.Extensions.Logging;
using Remediator.Rules;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator;

/// <summary>The scheduled pass over what was left open: goes on with it, asks Config about it, or calls a person.</summary>
internal sealed partial class Sweeper(
    IJournal journal,
    Claimer claimer,
    Decider decider,
    Pipeline pipeline,
    Endings endings,
    Escalator escalator,
    IConfigService config,
    Limits limits,
    TimeProvider clock,
    ILogger<Sweeper> log)
{
    /// <summary>However large the backlog: what is left is due still, and the next pass takes it.</summary>
    private const int MostPerPass = 100;

    public async Task<Swept> SweepAsync(CancellationToken ct)
    {
        var swept = new Swept(0, 0);
        await foreach (var incident in journal.DueAsync(clock.GetUtcNow(), ct))
        {
            if (swept.Seen == MostPerPass || ct.IsCancellationRequested)
            {
                break;
            }

            swept = await SweepAsync(incident, ct) ? swept with { Seen = swept.Seen + 1 } : new(swept.Seen + 1, swept.Failed + 1);
        }

        return swept;
    }

    private async Task<bool> SweepAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            if (await claimer.ResumeAsync(incident, ct) is Claim.Mine mine)
            {
                var outcome = await GoOnAsync(claimer.Run(mine), ct);
                Log.Swept(log, incident.Id, incident.State, outcome.GetType().Name);
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One incident that cannot be handled must not cost the others; it stays due and is counted.
            Log.Failed(log, e, incident.Id);
            return false;
        }
    }

    private async Task<Outcome> GoOnAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        if (incident.Notice is NoticeState.Due)
        {
            return new Outcome.Escalated(await escalator.SendAsync(run, Manual(incident), clock.GetUtcNow() + limits.LookAgain, ct));
        }

        if (incident.State is IncidentState.Pending or IncidentState.Fixed or IncidentState.Observed or IncidentState.AwaitingApproval or IncidentState.Held or IncidentState.Escalated
            && await ConfirmAsync(run, ct) is { } ended)
        {
            return ended;
        }

        return incident.State switch
        {
            IncidentState.Fixed => await WaitForConfirmationAsync(run, ct),
            IncidentState.Observed => await ObservedAsync(run, ct),
            IncidentState.AwaitingApproval => await LookAgainAsync(run, ct),
            IncidentState.Escalated when !TryingAgainHelps(incident.Reason) => await LookAgainAsync(run, ct),
            _ => await pipeline.ContinueAsync(run, await decider.DecideAsync(Operator.ChangeOf(incident), ct), isApproved: false, ct),
        };
    }

    /// <summary>Closes the incident where Config says that the resource is right, or no longer there.</summary>
    private async Task<Outcome?> ConfirmAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        var evaluation = await config.EvaluationAsync(incident.Resource, incident.Region, incident.Rule, ct);
        if (evaluation is null && incident.Reason is Reason.NotFound)
        {
            return await endings.CloseAsync(run, Compliance.NotApplicable, incident.RecordedAt, ct);
        }

        return evaluation is { Compliance: not Compliance.NonCompliant } && evaluation.RecordedAt > incident.RecordedAt
            ? await endings.CloseAsync(run, evaluation.Compliance, evaluation.RecordedAt, ct)
            : null;
    }

    private async Task<Outcome> WaitForConfirmationAsync(Run run, CancellationToken ct)
    {
        var incident = run.Incident;
        if (clock.GetUtcNow() - incident.ChangedAt > limits.ConfirmWithin || clock.GetUtcNow() - FixedAt(incident) > limits.ConfirmWithin)
        {
            return await endings.EscalateAsync(run, Reason.Unconfirmed, $"The setting reads right, but Config has not said so in {limits.ConfirmWithin.TotalHours:0} hours.", null, ct);
        }

        await config.ReevaluateAsync(incident.Resource.Account, incident.Region, [incident.Rule.Name], ct);
        var age = clock.GetUtcNow() - FixedAt(incident);
        return new Outcome.Pending(await run.ReleaseAsync(incident with { Due = clock.GetUtcNow() + Later(age) }, ct));
    }

    /// <summary>Config sends no second event for what it reported before the policy said to act.</summary>
    private async Task<Outcome> ObservedAsync(Run run, CancellationToken ct) =>
        await decider.DecideAsync(Operator.ChangeOf(run.Incident), ct) is Decision.Act { Mode: not Mode.Observe } act
            ? await pipeline.ContinueAsync(run, act, isApproved: false, ct)
            : await LookAgainAsync(run, ct);

    private async Task<Outcome> LookAgainAsync(Run run, CancellationToken ct) =>
        new Outcome.Pending(await run.ReleaseAsync(run.Incident with { Due = clock.GetUtcNow() + limits.LookAgain }, ct));

    private static bool TryingAgainHelps(Reason? reason) => reason is Reason.Frozen or Reason.OverBudget or Reason.ThrottledOut or Reason.BreakerOpen;

    /// <summary>Soon at first, then ever more rarely: a change-triggered rule answers in minutes, a periodic one within a day.</summary>
    private static TimeSpan Later(TimeSpan age) => age < TimeSpan.FromMinutes(5) ? TimeSpan.FromMinutes(5) : age < TimeSpan.FromHours(6) ? age : TimeSpan.FromHours(6);

    private static DateTimeOffset FixedAt(Incident incident) =>
        incident.Entries.LastOrDefault(e => e.What is "read back and found right" or "already right")?.At ?? incident.ChangedAt;

    private static string? Manual(Incident incident) => incident.PlaybookSource.Length == 0
        ? null
        : PlaybookReader.TryRead(incident.Playbook, incident.Playbook, incident.PlaybookSource).Playbook?.Manual;

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Information, "Swept incident {Incident}, {State}: {Outcome}")]
        public static partial void Swept(ILogger log, string incident, IncidentState state, string outcome);

        [LoggerMessage(7002, LogLevel.Error, "Incident {Incident} could not be swept")]
        public static partial void Failed(ILogger log, Exception error, string incident);
    }
}

/// <summary>What a pass did.</summary>
internal sealed record Swept(int Seen, int Failed);
