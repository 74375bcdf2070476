using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Change.Tags;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Plans a change to the first aim that can be reached. It changes nothing.</summary>
internal sealed class ChangePlanner(IAwsAccounts accounts, IConfigHistory history, ITags tags, TimeProvider clock)
{
    private readonly RollbackPlanner _rollback = new(accounts, history, clock);
    private readonly InheritedTags _tags = new(accounts, history, clock);
    private readonly Creator _creator = new(accounts);
    private readonly Ownership _ownership = new(tags);
    private readonly StackRevert _stacks = new(accounts);
    private readonly AlarmGate _alarms = new(accounts);

    public async Task<Planning> PlanAsync(Incident incident, ChangeOrder order, CancellationToken ct)
    {
        var planning = StackRevert.Asked(await _stacks.InsteadAsync(incident, order, await FirstAsync(incident, order, ct), ct));
        return await _alarms.PassAsync(incident, order, TemplateProperties.Said(incident.Resource.Type, planning), ct);
    }

    private async Task<Planning> FirstAsync(Incident incident, ChangeOrder order, CancellationToken ct)
    {
        if (order.Aims is not [.. var earlier, var last])
        {
            throw new ArgumentException("An order has an aim.", nameof(order));
        }

        var failed = "";
        foreach (var aim in earlier)
        {
            var (planning, why) = await TryAsync(incident, order, aim, ct);
            if (planning is not null)
            {
                return planning;
            }

            failed += $"{why} ";
        }

        return await AimAsync(incident, order, last, ct) is var end && end is Planning.Refused refused
            ? refused with { Why = failed + refused.Why }
            : end;
    }

    /// <summary>What cannot be planned is left to the next aim; a passing fault is not, nor what is about another resource.</summary>
    private async Task<(Planning? Planning, string? Why)> TryAsync(Incident incident, ChangeOrder order, Aim aim, CancellationToken ct)
    {
        try
        {
            var planning = await AimAsync(incident, order, aim, ct);
            return planning is Planning.Refused(_, var why) ? (null, why) : (planning, null);
        }
        catch (Exception e) when (Fault.Of(e) is { IsPassing: false, Reason: not (Reason.NotFound or Reason.Guarded) } fault)
        {
            return (null, fault.Detail);
        }
    }

    private async Task<Planning> WantedAsync(Incident incident, ChangeOrder order, Playbook playbook, CancellationToken ct)
    {
        try
        {
            return await WantedOrMissingAsync(incident, order, playbook, ct);
        }
        catch (Exception e) when (playbook.RuleReads.HasTags && order is { Aims: [.., Aim.Wanted], TagsFrom: not [TagSource.Policy] }
            && Fault.Of(e) is { Reason: Reason.NotConfigured, IsPassing: false })
        {
            throw new NotConfiguredException($"{e.Message}{await _creator.SuggestionAsync(incident, ct)}");
        }
    }

    private async Task<Planning> WantedOrMissingAsync(Incident incident, ChangeOrder order, Playbook playbook, CancellationToken ct)
    {
        var (parameters, sources) = playbook.RuleReads.HasTags ? await _tags.FindAsync(incident, order, ct) : (order.Parameters, Json.Null);
        var scope = PlanningScope.Of(incident, playbook, order.Rule, parameters);
        var planning = await Planner.PlanAsync(
            playbook,
            sources.IsNull() ? scope : scope.With(PlannedChange.TagSources, sources),
            DeclaredCalls.Of(accounts, incident, playbook),
            ct);
        return await _ownership.FindAsync(incident, order, planning, ct);
    }

    private async Task<Planning> AimAsync(Incident incident, ChangeOrder order, Aim aim, CancellationToken ct) => (aim, order.Wanted) switch
    {
        (Aim.LastCompliant, _) => await _rollback.PlanAsync(incident, order, ct),
        (_, { } playbook) => await WantedAsync(incident, order, playbook, ct),
        _ => new Planning.Refused(Reason.Unsupported, "No playbook says what is wanted."),
    };
}
