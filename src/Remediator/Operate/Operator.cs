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

    /// <summary>Leave a resource, or what a rule finds, alone until a day: nobody is called.</summary>
    Exempt,

    /// <summary>Only record what a rule finds, or hold a rising rollout.</summary>
    Pause,

    /// <summary>End the pauses of a rule, or let a rollout go on.</summary>
    Resume,

    /// <summary>Give an order another end.</summary>
    Renew,

    /// <summary>End an order before its time.</summary>
    Lift,

    /// <summary>Put a resource back to what AWS Config recorded at a time.</summary>
    Rollback,
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

    /// <summary>What it is about in place of an incident; null where it is about one, or about none.</summary>
    public OrderMatch? Match { get; init; }

    /// <summary>Until when; null for as long as is usual.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What goes back, and to when.</summary>
    public RollbackOrder? Rollback { get; init; }

    /// <summary>The order, or the rollout, that it is about.</summary>
    public string Order { get; init; } = "";
}

/// <summary>Carries out what people say: undo, approve, retry, and stopping everything.</summary>
internal sealed class Operator(
    IJournal journal,
    Claimer claimer,
    Pipeline pipeline,
    Approvers approvers,
    TimeProvider clock,
    OrderDesk desk,
    RolloutDesk rollouts,
    RollbackDesk rollbacks,
    Func<OrderMatch, string> owner)
{
    public async Task<Outcome> RunAsync(OperatorCommand command, CancellationToken ct)
    {
        if (CommandText.Objection(command) is { } said)
        {
            return new Outcome.Refused(said);
        }

        try
        {
            return command.Verb switch
            {
                OperatorVerb.Stop or OperatorVerb.Start => await StopOrStartAsync(command, ct),
                OperatorVerb.Exempt or OperatorVerb.Hold or OperatorVerb.Pause when command.Match is { } match =>
                    await OrderAsync(KindOf(command.Verb), match, command, ct),
                OperatorVerb.Pause or OperatorVerb.Resume when command is { Match: null, Order: { Length: > 0 } id } =>
                    await rollouts.RunAsync(id, command, ct),
                OperatorVerb.Pause or OperatorVerb.Resume when command.Match is null => new Outcome.Refused("Which rule? --rule NAME."),
                OperatorVerb.Resume => await desk.LiftAsync(StandingOrder.IdOf(OrderKind.Pause, command.Match!), command, ct),
                OperatorVerb.Renew => await desk.RenewAsync(command.Order, command, ct),
                OperatorVerb.Lift => await desk.LiftAsync(command.Order, command, ct),
                OperatorVerb.Rollback => await rollbacks.RunAsync(command, team => NotTheirs(command, team), ct),
                _ => await ActAsync(command, ct),
            };
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

        if ((Objection(command, incident) ?? NotTheirs(command, incident.Terms.Owner) ?? ObjectionToEnd(command)) is { } objection)
        {
            return new Outcome.Refused(objection);
        }

        return command.Verb is OperatorVerb.Exempt
            ? await ExemptAsync(incident, command, ct)
            : await claimer.ResumeAsync(incident, ct) switch
            {
                Claim.Mine mine => await CarryOutAsync(claimer.Run(mine), command, ct),
                Claim.Answered => new Outcome.Refused($"A newer incident about the same resource took the place of {id}: act on that one."),
                _ => new Outcome.Busy("Another worker has the resource right now: try again in a minute."),
            };
    }

    private string? ObjectionToEnd(OperatorCommand command) => command.Verb is OperatorVerb.Exempt or OperatorVerb.Hold
        ? desk.ObjectionTo(KindOf(command.Verb), command)
        : null;

    private async Task<Outcome> OrderAsync(OrderKind kind, OrderMatch match, OperatorCommand command, CancellationToken ct) =>
        desk.Objection(kind, match, command) is { } objection
            ? new Outcome.Refused(objection)
            : (await desk.GiveAsync(kind, match, owner(match), command, ct)).Outcome;

    /// <summary>The order is durable first: should this worker stop then, the sweep does the rest.</summary>
    private async Task<Outcome> ExemptAsync(Incident incident, OperatorCommand command, CancellationToken ct)
    {
        var (order, outcome) = await desk.GiveAsync(OrderKind.Exempt, OrderMatch.Of(incident), incident.Terms.Owner, command, ct);
        if (order is null || Transitions.IsAtWork(incident.State) || incident.State is IncidentState.Fixed or IncidentState.Closed
            || await claimer.ResumeAsync(incident, ct) is not Claim.Mine mine)
        {
            return outcome;
        }

        var run = claimer.Run(mine);
        await run.SaveAsync(Transitions.Ordered(incident, CommandText.Note(command), clock.GetUtcNow()), ct);
        await pipeline.ContinueAsync(run, await pipeline.DecideAsync(incident, ct), ct);
        return outcome is Outcome.Done(_, var what) ? new Outcome.Done(run.Incident, what) : outcome;
    }

    private static OrderKind KindOf(OperatorVerb verb) => verb switch
    {
        OperatorVerb.Exempt => OrderKind.Exempt,
        OperatorVerb.Pause => OrderKind.Pause,
        _ => OrderKind.Hold,
    };

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
                when command.Plan is { } shown && !string.Equals(shown, incident.Asked?.Identity, StringComparison.OrdinalIgnoreCase) =>
                $"The plan of incident {incident.Id} is not {shown} any more, but {incident.Asked?.Identity ?? "none"}: look at it again.",
            (OperatorVerb.Retry or OperatorVerb.Hold or OperatorVerb.Acknowledge, IncidentState.Closed) =>
                $"Incident {incident.Id} is closed.",
            _ => null,
        };

    /// <summary>Why somebody may not agree to this; null where he may. What a command claims counts for nothing here.</summary>
    private string? NotTheirs(OperatorCommand command, string team)
    {
        var caller = command.Caller;
        var (does, word) = command.Verb is OperatorVerb.Rollback ? ("order", "rollback") : ("approve", "approve");
        return command.Verb is not (OperatorVerb.Approve or OperatorVerb.Rollback) || approvers.May(team, caller?.Name, caller?.Arn) ? null
            : (caller is null
                ? $"AWS did not verify who {does}s this: send it to the function's URL, as 'remediator {word}' does with a stack in use. "
                : $"{caller.Shown} may not {does} this. ")
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
                Transitions.Held(incident, note, now, desk.UntilOf(command)),
                Held(incident, desk.UntilOf(command)),
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
            : "Changes are allowed again: what waited continues within minutes.");
    }

    private static async Task<Outcome> DoneAsync(Run run, Incident next, string what, CancellationToken ct) =>
        new Outcome.Done((await Pipeline.PendAsync(run, next, ct)).About, what);

    private static string Held(Incident incident, DateTimeOffset until) =>
        $"The service leaves the resource of incident {incident.Id} alone until {until:u}; 'remediator retry {incident.Id}' ends that.";
}
