using System.Globalization;
using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Cli.Forecast;

/// <summary>
/// Says what the pipeline would do about an incident under a policy, in the pipeline's order, from the live state. It reads, and writes
/// nothing: so what is used up of this hour's budgets, and breakers that are open, are not known to it.
/// </summary>
internal sealed class Forecaster(Foundation on, Policy policy, PlaybookLibrary playbooks)
{
    private readonly Decider _decider = new(
        policy, playbooks, on.Config, on.Tags, on.OwnAccount, on.Clock, on.Logs.CreateLogger<Decider>(), on.Own,
        new KnownOrders(on.Journal, on.Clock).NowAsync, new AwsFindings(on.Accounts), new KnownRollouts(on.Journal, on.Clock).NowAsync);

    private readonly ChangePlanner _planner = new(on.Accounts, on.History ?? new AwsConfigHistory(on.Accounts), on.Tags, on.Clock);
    private readonly Attribution _attribution = new(on.Accounts, on.Tags);
    private readonly Limits _limits = Composition.LimitsOf(policy);

    private DateTimeOffset Now => on.Clock.GetUtcNow();

    public async Task<Expectation> OfAsync(Incident incident, CancellationToken ct)
    {
        if (Transitions.IsAtWork(incident.State))
        {
            return new(Expected.Wait, "it is being worked on", incident.Terms.Owner, incident.Playbook);
        }

        try
        {
            return await _decider.DecideAsync(ComplianceChange.Of(incident), ct) switch
            {
                Decision.Skip(var why) skip => new(Expected.Leave, why, skip.Terms.Owner),
                _ when incident is { State: IncidentState.Held, Terms.Order: null, Due: { } held } && held > Now => new(
                    Expected.Leave, Text($"held until {held:u}"), incident.Terms.Owner, incident.Playbook),
                Decision.Refuse { Reason: Reason.Frozen } frozen => new(Expected.Wait, frozen.Why, frozen.Terms.Owner),
                Decision.Refuse { Mode: Mode.Observe } refuse => new(
                    Expected.Observe, $"{refuse.Reason.Name()}: {refuse.Why}", refuse.Terms.Owner),
                Decision.Refuse refuse => new(Expected.Person, $"{refuse.Reason.Name()}: {refuse.Why}", refuse.Terms.Owner),
                Decision.Act { Mode: Mode.Observe } act => new(
                    Expected.Observe, act.OrderedBy?.Says ?? LeftOut(act), act.Terms.Owner, act.Playbook.Name),
                Decision.Act act => await OfAsync(incident, act, ct) with { Team = act.Terms.Owner },
                var other => throw new InvalidOperationException($"A decision cannot end as {other}."),
            };
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return new(
                fault.IsPassing ? Expected.Wait : Expected.Person,
                $"{fault.Reason.Name()}: {fault.Detail}",
                incident.Terms.Owner,
                incident.Playbook);
        }
    }

    private async Task<Expectation> OfAsync(Incident incident, Decision.Act act, CancellationToken ct)
    {
        if (Settling.Until(incident, act.Policy.Settle, Now) is { } settled)
        {
            return new(Expected.Wait, Text($"new: left to settle until {settled:u}"), Playbook: act.Playbook.Name);
        }

        var planning = await _planner.PlanAsync(incident, act.Order, ct);
        planning = planning.Proposal is { Recorded: { } recorded }
            ? planning.With(await _attribution.OfRollbackAsync(incident, recorded, ct))
            : planning;
        return planning switch
        {
            Planning.Gone(var why) => new(Expected.Wait, $"not found: {why}", Playbook: act.Playbook.Name),
            Planning.Refused(var reason, var why) => new(Expected.Person, $"{reason.Name()}: {why}", Playbook: act.Playbook.Name),
            Planning.AlreadyRight => new(Expected.Right, "it reads right", Playbook: act.Playbook.Name),
            Planning.Guarded(var reason, var why, var ready) => Planned(Expected.Ask, $"{reason.Name()}: {why}", ready),
            Planning.Ready ready when act.AsksFor(ready.Playbook) is { } asks => Planned(Expected.Ask, asks, ready),
            Planning.Ready ready when Flapping.Is(incident, _limits, Now) => Planned(
                Expected.Person, "flapping: the fix keeps being reverted", ready),
            Planning.Ready { Recorded: { } origin } ready when Quiet.Until(origin.ChangedAt, act.Quiet, Now) is { } until => Planned(
                Expected.Wait, Text($"left until it is quiet, {until:u}"), ready),
            Planning.Ready ready when Announced.Until(incident, ready.Plan, act.Policy.WarnBefore, Now) is { } until => Planned(
                Expected.Wait, Text($"announced first: changed at {until:u} unless somebody objects"), ready),
            Planning.Ready ready when act.Wait is { } wait => Planned(Expected.Wait, wait.Why, ready),
            Planning.Ready ready => Planned(Expected.Change, "", ready),
            var other => throw new InvalidOperationException($"Planning cannot end as {other}."),
        };
    }

    private static string LeftOut(Decision.Act act) =>
        act.Policy.LeftOut is { } share ? Text($"not of the share of {share}% that the rollout has reached") : "";

    private static Expectation Planned(Expected kind, string why, Planning.Ready ready) =>
        new(kind, why, Playbook: ready.Playbook.Name, Plan: ready.Plan);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
