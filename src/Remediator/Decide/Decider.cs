using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>Decides what is to be done: which playbook, how far it may go, and whether something forbids it.</summary>
internal sealed partial class Decider(
    Policy policy,
    PlaybookLibrary playbooks,
    IConfigService config,
    ITags tags,
    string ownAccount,
    TimeProvider clock,
    ILogger<Decider> log,
    OwnResources? own = null,
    Func<CancellationToken, Task<OrderBook>>? orders = null,
    IFindings? findings = null,
    Func<CancellationToken, Task<RolloutBook>>? rollouts = null)
{
    private readonly PlaybookChoice aims = new(playbooks, policy.Rollback);

    /// <summary>
    /// What cannot be read decides nothing: it is refused, and a person is called. A passing fault is thrown, to be tried again.
    /// </summary>
    public Task<Decision> DecideAsync(ComplianceChange change, CancellationToken ct) => change.Asked is { } asked
        ? new Decider(AskedPolicy.Of(policy, asked), playbooks, config, tags, ownAccount, clock, log, own, orders, findings)
            .DecideAsync(change with { Asked = null }, ct)
        : DecideAnyAsync(change, ct);

    private async Task<Decision> DecideAnyAsync(ComplianceChange change, CancellationToken ct)
    {
        var (subject, rule) = (new Subject(change.Resource, change.Rule.Name, ManagedIdentifier: ""), (ConfigRule?)null);
        var said = OrdersAsync(ct);
        try
        {
            rule = await config.RuleAsync(change.Resource.Account, change.Resource.Region, change.Rule, ct);
            if (rule is null)
            {
                return new Decision.Skip($"rule {change.Rule.Name} no longer exists") { Policy = policy.For(subject), RuleIdentifier = "" };
            }

            subject = subject with { RuleName = rule.Name, ManagedIdentifier = rule.ManagedIdentifier };
            var order = Orders.About(await said, subject, clock.GetUtcNow());
            if (order is { Kind: not OrderKind.Pause })
            {
                return Ordered(order, subject, rule);
            }

            if (policy.LooksAtTags(subject, clock.GetUtcNow()))
            {
                subject = subject with { Tags = await tags.ReadAsync(change.Resource, ct) };
            }

            if (policy.LooksAtCreation(subject))
            {
                subject = subject with { CreatedAt = await config.CreatedAsync(change.Resource, ct) };
            }

            return Exempt(subject, rule) ?? await SuppressedAsync(subject, rule, change.Rule, ct)
                ?? Choose(subject, rule, order, await RolloutsAsync(subject, ct));
        }
        catch (Exception e) when (Fault.Of(e) is { IsPassing: false } fault)
        {
            return Unread(subject, rule, fault.Reason, fault.Detail);
        }
        catch (Exception e) when (Defect.Is(e))
        {
            Log.Defect(log, e, change.Rule.Name, change.Resource.Type);
            return Unread(subject, rule, Reason.Failed, Sentences.PlanningDefect);
        }
    }

    /// <summary>What would be decided about a subject of which nothing is asked: for a comparison before an event comes.</summary>
    public Decision Foresee(Subject subject, ConfigRule rule) => Exempt(subject, rule) ?? Choose(subject, rule, null, RolloutBook.Empty);

    /// <summary>The order that is about an incident by now, whatever was decided before; null where none is.</summary>
    public async Task<StandingOrder?> OrderOfAsync(Incident incident, CancellationToken ct) => Orders.About(
        await OrdersAsync(ct),
        new(incident.Resource, incident.Rule.Name, incident.Terms.RuleIdentifier),
        clock.GetUtcNow());

    private Task<RolloutBook> RolloutsAsync(Subject subject, CancellationToken ct) =>
        rollouts is not null && policy.LooksAtRollouts(subject) ? rollouts(ct) : Task.FromResult(RolloutBook.Empty);

    private Task<OrderBook> OrdersAsync(CancellationToken ct) => orders?.Invoke(ct) ?? Task.FromResult(OrderBook.Empty);

    private Decision.Skip Ordered(StandingOrder order, Subject subject, ConfigRule rule)
    {
        Log.Exempt(log, subject.Resource.Type, subject.Resource.Account, rule.Name, order.Id, order.Why);
        return new(order.Says)
        {
            Policy = policy.For(subject),
            RuleIdentifier = rule.SourceIdentifier,
            OrderedBy = order,
            Until = order.Until,
            Answer = (aims.Choose(policy.For(subject), rule, subject.Resource.Type) as Choice.One)?.Playbook,
        };
    }

    /// <summary>
    /// Tags that cannot be read call nobody where every line in question only observes. A rule that cannot be read always does: the service
    /// would see nothing.
    /// </summary>
    private Decision.Refuse Unread(Subject subject, ConfigRule? rule, Reason reason, string why)
    {
        var entry = policy.For(subject);
        var observes = rule is not null && policy.OnlyObserves(subject);
        return new(reason, why)
        {
            Policy = entry with { Mode = observes ? Mode.Observe : entry.Mode is Mode.Observe ? Mode.Approve : entry.Mode },
            RuleIdentifier = rule?.SourceIdentifier ?? "",
        };
    }

    private Decision.Skip? Exempt(Subject subject, ConfigRule rule)
    {
        if (policy.ExemptionOf(subject, clock.GetUtcNow()) is not { } exemption)
        {
            return null;
        }

        Log.Exempt(log, subject.Resource.Type, subject.Resource.Account, rule.Name, exemption.At.ToString(), exemption.Reason);
        return new($"exempt until {exemption.Until:yyyy-MM-dd} by {exemption.At}: {exemption.Reason}")
        {
            Policy = policy.For(subject),
            RuleIdentifier = rule.SourceIdentifier,
            Until = exemption.Until,
        };
    }

    /// <summary>The finding is suppressed in Security Hub, and the policy says that this counts: it is asked again after a day.</summary>
    private async Task<Decision.Skip?> SuppressedAsync(Subject subject, ConfigRule rule, RuleRef of, CancellationToken ct)
    {
        var entry = policy.For(subject);
        if (entry.SecurityHub is not true || findings is null
            || await findings.FindAsync(subject.Resource, subject.Resource.Region, of, ct) is not [_, ..] found
            || !found.All(f => f.IsSuppressed))
        {
            return null;
        }

        Log.Exempt(log, subject.Resource.Type, subject.Resource.Account, rule.Name, found[0].Id, "suppressed in Security Hub");
        return new($"suppressed in Security Hub: {found[0].Id}")
        {
            Policy = entry,
            RuleIdentifier = rule.SourceIdentifier,
            Until = clock.GetUtcNow().AddDays(1),
        };
    }

    /// <param name="subject">What it is about.</param>
    /// <param name="rule">The rule that found it.</param>
    /// <param name="pause">An order by which what is found is only recorded.</param>
    /// <param name="book">How far rising rollouts are.</param>
    private Decision Choose(Subject subject, ConfigRule rule, StandingOrder? pause, RolloutBook book)
    {
        var decision = ChooseAny(subject, rule, pause is not null, book) with { OrderedBy = pause };
        return decision is Decision.Act { Mode: not Mode.Observe } && own is not null && own.Contains(subject.Resource)
            ? new Decision.Refuse(
                Reason.Unsupported,
                $"{subject.Resource.Id} is part of Remediator itself, which does not change its own resources. Change it in the "
                + "template of its stack and deploy, or exempt it."
            )
            {
                Policy = decision.Policy,
                RuleIdentifier = decision.RuleIdentifier,
            }
            : decision;
    }

    private Decision ChooseAny(Subject subject, ConfigRule rule, bool isPaused, RolloutBook book)
    {
        var choice = aims.Choose(policy.For(subject), rule, subject.Resource.Type);
        subject = subject with { Used = (choice as Choice.One)?.Used };
        var entry = Rollout.Of(policy.For(subject), subject.Resource, book);
        entry = isPaused ? entry with { Mode = Mode.Observe, RolloutId = null } : entry;
        var trusts = entry.TrustRuleParameters ?? subject.Resource.Account == ownAccount;
        return choice switch
        {
            Choice.None(var reason, var why) => new Decision.Refuse(reason, why) { Policy = entry, RuleIdentifier = rule.SourceIdentifier },
            Choice.One one when one.NotFilledIn(entry) is { } why =>
                new Decision.Refuse(Reason.NotConfigured, why) { Policy = entry, RuleIdentifier = rule.SourceIdentifier },
            Choice.One one => Unfrozen(new(one.Playbook, one.Order(entry, rule, trusts, policy.Rollback) with { Tags = subject.Tags })
            {
                Policy = entry,
                RuleIdentifier = rule.SourceIdentifier,
                Quiet = policy.Rollback.Quiet,
            }, subject),
            var other => throw new InvalidOperationException($"A choice cannot end as {other}."),
        };
    }

    /// <summary>What is to be done, unless it has to wait for the end of a freeze or for a window.</summary>
    private Decision Unfrozen(Decision.Act act, Subject subject) =>
        act.Mode is Mode.Observe || Wait.For(policy, subject, clock.GetUtcNow()) is not { } wait ? act

            // What is announced is so at once: people have the whole time to object, and it waits afterwards.
            : act.Mode is Mode.Auto && act.Policy.WarnBefore is { Ticks: > 0 } ? act with { Wait = wait }
            : new Decision.Refuse(Reason.Frozen, wait.Why, wait.Until) { Policy = act.Policy, RuleIdentifier = act.RuleIdentifier };

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "A defect kept the service from deciding about {Rule} for a {ResourceType}")]
        public static partial void Defect(ILogger log, Exception error, string rule, string resourceType);

        [LoggerMessage(
            2002,
            LogLevel.Information,
            "A {ResourceType} in account {Account} that {Rule} reports is left alone by {Exemption}: {Why}"
        )]
        public static partial void Exempt(ILogger log, string resourceType, string account, string rule, string exemption, string why);
    }
}
