using Remediator.Aws;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
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
internal sealed record OperatorCommand(OperatorVerb Verb, string Incident, string By, string? Why, bool Force);

/// <summary>Carries out what people say: undo, approve, retry, and stopping everything.</summary>
internal sealed class Operator(IJournal journal, Claimer claimer, Decider decider, Pipeline pipeline, Endings endings, Limits limits, TimeProvider clock)
{
    public async Task<Outcome> RunAsync(OperatorCommand command, CancellationToken ct)
    {
        if (command.Verb is OperatorVerb.Stop or OperatorVerb.Start)
        {
            return await StopOrStartAsync(command, ct);
        }

        if (!IncidentId.TryParse(command.Incident, out var id))
        {
            return new Outcome.Refused($"'{command.Incident}' is not an incident id; one looks like 01AB-CD2E-3F4G.");
        }

        if (await journal.FindAsync(id, ct) is not { } incident)
        {
            return new Outcome.Refused($"There is no incident {id} in this journal; 'remediator incidents' lists the open ones.");
        }

        if (Objection(command, incident) is { } objection)
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

    private static string? Objection(OperatorCommand command, Incident incident) => (command.Verb, incident.State) switch
    {
        (OperatorVerb.Undo, _) when command.Force && string.IsNullOrWhiteSpace(command.Why) => "An undo with force needs a reason: --why '…'.",
        (OperatorVerb.Undo, IncidentState.Held) => $"Incident {incident.Id} is undone already: remediator retry {incident.Id} makes the change again.",
        (OperatorVerb.Undo, _) when incident.Plan is null || !incident.IsChanged => $"Incident {incident.Id} changed nothing: there is nothing to undo.",
        (OperatorVerb.Approve, not IncidentState.AwaitingApproval) => $"Incident {incident.Id} does not wait for approval: it is {incident.State}.",
        (OperatorVerb.Hold, _) when string.IsNullOrWhiteSpace(command.Why) => "A hold needs a reason: --why '…'.",
        (OperatorVerb.Hold, IncidentState.Applying or IncidentState.Undoing or IncidentState.Verifying) => $"Incident {incident.Id} is being worked on: wait until it is done.",
        (OperatorVerb.Retry or OperatorVerb.Hold or OperatorVerb.Acknowledge, IncidentState.Closed) => $"Incident {incident.Id} is closed.",
        _ => null,
    };

    private async Task<Outcome> CarryOutAsync(Run run, OperatorCommand command, CancellationToken ct)
    {
        var note = $"{command.Verb.ToString().ToLowerInvariant()} by {command.By}{(command.Why is { } why ? $": {why}" : "")}";
        if (command.Verb is OperatorVerb.Undo)
        {
            var found = run.Incident.State is IncidentState.Undoing ? null : run.Incident;
            await run.SaveAsync(run.Noted(note) with { State = IncidentState.Undoing, Reason = null, Detail = note, Due = clock.GetUtcNow() + limits.RunTime }, ct);
            var playbook = PlaybookReader.Read(run.Incident.Playbook, $"{run.Incident.Playbook}.yaml", run.Incident.PlaybookSource);
            return await UndoAsync(run, playbook, command.Force, found, ct);
        }

        if (command.Verb is OperatorVerb.Hold)
        {
            return await endings.HoldAsync(run, note, ct);
        }

        if (command.Verb is OperatorVerb.Acknowledge)
        {
            await run.ReleaseAsync(run.Noted(note) with { AcknowledgedBy = command.By }, ct);
            return new Outcome.Skipped($"{command.By} has it: nobody is reminded");
        }

        var decision = await decider.DecideAsync(ChangeOf(run.Incident), ct);
        var approver = command.Verb is OperatorVerb.Approve ? command.By : run.Incident.ApprovedBy;
        var held = run.Incident.State is IncidentState.Held ? IncidentState.Pending : run.Incident.State;
        await run.SaveAsync(run.Noted(note) with { State = held, Attempts = 0, Reverts = 0, IsFirst = false, ApprovedBy = approver, Due = clock.GetUtcNow() + limits.RunTime }, ct);
        return await pipeline.ContinueAsync(run, decision, ct);
    }

    private async Task<Outcome> UndoAsync(Run run, Playbook playbook, bool force, Incident? found, CancellationToken ct)
    {
        try
        {
            return await endings.UndoAsync(run, playbook, force, found, ct);
        }
        catch (Exception e) when (Fault.Of(e) is not null)
        {
            return await endings.FailAsync(run, Fault.Of(e)!, ct);
        }
    }

    private async Task<Outcome> StopOrStartAsync(OperatorCommand command, CancellationToken ct)
    {
        if (command.Verb is OperatorVerb.Stop && string.IsNullOrWhiteSpace(command.Why))
        {
            return new Outcome.Refused("Stopping all changes needs a reason: --why '…'.");
        }

        await journal.SetStopAsync(command.Verb is OperatorVerb.Stop ? $"{command.Why} ({command.By})" : null, ct);
        return new Outcome.Skipped(command.Verb is OperatorVerb.Stop ? "all changes are stopped" : "changes are allowed again");
    }

    /// <summary>The event that an incident last took in, as the decider wants it.</summary>
    public static ComplianceChange ChangeOf(Incident incident) => new()
    {
        Resource = incident.Resource with { Region = incident.Region },
        Rule = incident.Rule,
        Compliance = Compliance.NonCompliant,
        RecordedAt = incident.RecordedAt,
        Annotation = incident.Annotation,
    };
}
