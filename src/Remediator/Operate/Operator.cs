using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Operate;

/// <summary>What a person may tell the service to do with an incident.</summary>
internal enum OperatorVerb
{
    Undo,
    Approve,
    Retry,
    Stop,
    Start,

    /// <summary>Somebody took it on: no more reminders.</summary>
    Acknowledge,

    /// <summary>Leave the resource alone for a while.</summary>
    Hold,
}

/// <summary>A person's command.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Incident">With which incident; empty for stop and start.</param>
/// <param name="By">Who says so.</param>
/// <param name="Why">The reason; an undo with force, and a stop, need one.</param>
/// <param name="Force">Undo although the resource no longer holds what was written.</param>
internal sealed record OperatorCommand(OperatorVerb Verb, string Incident, string By, string? Why, bool Force)
{
    /// <summary>The identity of the plan that the person saw (<see cref="Incidents.Plan.Identity"/>); null where none was shown.</summary>
    public string? Plan { get; init; }

    /// <summary>Who says so, as AWS verified it; null where it is only what the command claims.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Who says so, and whether that is only claimed: it stands in CloudTrail beside the calls that follow.</summary>
    public string Identity => Caller?.Identity ?? $"{CommandText.Claimed}{By}";
}

/// <summary>Carries out what people say: undo, approve, retry, and stopping everything.</summary>
internal sealed class Operator(
    IJournal journal, Claimer claimer, Pipeline pipeline, Approvers approvers, Limits limits, TimeProvider clock)
{
    public async Task<Outcome> RunAsync(OperatorCommand command, CancellationToken ct)
    {
        if (CommandText.Objection(command) is { } said)
        {
            return new Outcome.Refused(said);
        }

        try
        {
            return command.Verb is OperatorVerb.Stop or OperatorVerb.Start
                ? await StopOrStartAsync(command, ct)
                : await ActAsync(command, ct);
        }
        catch (Exception e) when (e is UnsealedItemException or UnreadableIncidentException)
        {
            return new Outcome.Refused(e.Message);
        }
    }

    private async Task<Outcome> ActAsync(OperatorCommand command, CancellationToken ct)
    {
        if (!IncidentId.TryParse(command.Incident, out var id))
        {
            return new Outcome.Refused($"'{command.Incident}' is not an incident id; one looks like 01AB-CD2E-3F4G.");
        }

        if (await journal.FindAsync(id, ct) is not { } incident)
        {
            return new Outcome.Refused($"There is no incident {id} in this journal; 'remediator incidents' lists the open ones.");
        }

        if ((Objection(command, incident) ?? NotTheirs(command, incident)) is { } objection)
        {
            return new Outcome.Refused(objection);
        }

        return await claimer.ResumeAsync(incident, ct) switch
        {
            Claim.Mine mine => await CarryOutAsync(claimer.Run(mine), command, ct),
            Claim.Answered => new Outcome.Refused($"A newer incident about the same resource took the place of {id}: act on that one."),
            _ => new Outcome.Busy("Another worker has the resource right now: try again in a minute."),
        };
    }

    /// <summary>Why a command does not fit an incident as it is; null where it does.</summary>
    public static string? Objection(OperatorCommand command, Incident incident) =>
        (command.Verb, incident.State) switch
        {
            _ when incident.NotUnderstood is { } why => why,
            (OperatorVerb.Undo, _) when command.Force && string.IsNullOrWhiteSpace(command.Why) =>
                "An undo with force needs a reason: --why '…'.",
            (OperatorVerb.Undo, _) when !incident.IsChanged => InPlaceWords.Of(incident) is InPlace.PutBack
                ? $"What incident {incident.Id} changed is put back already: remediator retry {incident.Id} makes the change again."
                : $"Incident {incident.Id} changed nothing: there is nothing to undo.",
            (OperatorVerb.Approve, not IncidentState.AwaitingApproval) =>
                $"Incident {incident.Id} does not wait for approval: it is {incident.State}.",
            (OperatorVerb.Hold, _) when string.IsNullOrWhiteSpace(command.Why) => "A hold needs a reason: --why '…'.",
            (OperatorVerb.Hold, IncidentState.Applying or IncidentState.Undoing or IncidentState.Verifying) =>
                $"Incident {incident.Id} is being worked on: wait until it is done.",
            (OperatorVerb.Approve or OperatorVerb.Undo, _)
                when command.Plan is { } shown && !string.Equals(shown, incident.Plan?.Identity, StringComparison.OrdinalIgnoreCase) =>
                $"The plan of incident {incident.Id} is not {shown} any more, but {incident.Plan?.Identity ?? "none"}: look at it again.",
            (OperatorVerb.Retry or OperatorVerb.Hold or OperatorVerb.Acknowledge, IncidentState.Closed) =>
                $"Incident {incident.Id} is closed.",
            _ => null,
        };

    /// <summary>Why somebody may not agree to this; null where he may. What a command claims counts for nothing here.</summary>
    private string? NotTheirs(OperatorCommand command, Incident incident)
    {
        var (team, caller) = (incident.Terms.Owner, command.Caller);
        return command.Verb is not OperatorVerb.Approve || approvers.May(team, caller?.Name, caller?.Arn) ? null
            : (caller is null
                ? "AWS did not verify who approves this: send it to the function's URL, as 'remediator approve' does with a stack in use. "
                : $"{caller.Shown} may not approve this. ")
            + $"For the team '{team}' the policy names as approvers: {string.Join(", ", approvers.For(team)!.Value)}.";
    }

    private async Task<Outcome> CarryOutAsync(Run run, OperatorCommand command, CancellationToken ct)
    {
        var (note, incident, now) = (CommandText.Note(command), run.Incident, clock.GetUtcNow());
        return command.Verb switch
        {
            OperatorVerb.Undo => await pipeline.UndoAsync(run, command.Identity, note, command.Force, ct),
            OperatorVerb.Hold => await DoneAsync(
                run,
                Transitions.Held(incident, note, now, now + limits.HoldFor),
                Held(incident, now + limits.HoldFor),
                ct),
            OperatorVerb.Acknowledge => await DoneAsync(
                run,
                Transitions.Acknowledged(incident, command.By, note, now),
                $"{command.By} has taken on incident {incident.Id}: nobody is reminded of it.",
                ct),
            OperatorVerb.Approve => await pipeline.GoOnAsync(run, command.Identity, note, ct),
            _ => await pipeline.GoOnAsync(run, approvedBy: null, note, ct),
        };
    }

    private async Task<Outcome> StopOrStartAsync(OperatorCommand command, CancellationToken ct)
    {
        if (command.Verb is OperatorVerb.Stop && string.IsNullOrWhiteSpace(command.Why))
        {
            return new Outcome.Refused("Stopping all changes needs a reason: --why '…'.");
        }

        await journal.SetStopAsync(command.Verb is OperatorVerb.Stop ? $"{command.Why} ({CommandText.Giver(command)})" : null, ct);
        return new Outcome.Done(null, command.Verb is OperatorVerb.Stop
            ? "All changes are stopped, in every account; events are still taken in. 'remediator start' lets them go on."
            : "Changes are allowed again: what waited is taken up within minutes.");
    }

    private static async Task<Outcome> DoneAsync(Run run, Incident next, string what, CancellationToken ct) =>
        new Outcome.Done((await Pipeline.PendAsync(run, next, ct)).About, what);

    private static string Held(Incident incident, DateTimeOffset until) =>
        $"The service leaves the resource of incident {incident.Id} alone until {until:u}; 'remediator retry {incident.Id}' ends that.";
}
