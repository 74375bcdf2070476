using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>Decides what is to be done: which playbook, how far it may go, and whether something forbids it.</summary>
internal sealed partial class Decider(
    Policy policy, PlaybookLibrary playbooks, IConfigService config, ITags tags, string ownAccount, TimeProvider clock, ILogger<Decider> log)
{
    /// <summary>What cannot be read decides nothing: it is refused, and a person is called. A passing fault is thrown, to be tried again.</summary>
    public async Task<Decision> DecideAsync(ComplianceChange change, CancellationToken ct)
    {
        try
        {
            return await TryDecideAsync(change, ct);
        }
        catch (Exception e) when (Fault.Of(e) is { IsPassing: false })
        {
            var fault = Fault.Of(e)!;
            return new Decision.Refuse(fault.Reason, fault.Detail);
        }
        catch (Exception e) when (Defect.Is(e))
        {
            Log.Defect(log, e, change.Rule.Name, change.Resource.Type);
            return new Decision.Refuse(Reason.Failed, Sentences.PlanningDefect);
        }
    }

    private async Task<Decision> TryDecideAsync(ComplianceChange change, CancellationToken ct)
    {
        if (await config.RuleAsync(change.Resource.Account, change.Resource.Region, change.Rule, ct) is not { } rule)
        {
            return new Decision.Skip($"rule {change.Rule.Name} no longer exists");
        }

        var subject = new Subject(change.Resource, rule.Name, rule.SourceIdentifier)
        {
            Tags = policy.LooksAtTags ? await tags.ReadAsync(change.Resource, ct) : null,
        };
        return Exempt(subject) ?? Choose(subject, rule);
    }

    private Decision.Skip? Exempt(Subject subject)
    {
        var now = clock.GetUtcNow();
        return policy.Exemptions.FirstOrDefault(e => e.Until > now && e.Match.Matches(subject)) is { } exemption
            ? new($"exempt until {exemption.Until:yyyy-MM-dd}: {exemption.Reason}")
            : null;
    }

    private Decision Choose(Subject subject, ConfigRule rule)
    {
        var entry = policy.For(subject);
        if (entry.Rollout is { } share && Share(subject.Resource) >= share)
        {
            entry = entry with { Mode = Mode.Observe };
        }

        var names = entry.Playbook is { } chosen ? [chosen] : playbooks.Answering(rule.SourceIdentifier, subject.Resource.Type);
        return names switch
        {
            [] when entry.Mode is Mode.Observe => new Decision.Skip($"no playbook answers {rule.SourceIdentifier} for {subject.Resource.Type}"),
            [] => new Decision.Refuse(Reason.Unsupported, $"No playbook answers {rule.SourceIdentifier} for {subject.Resource.Type}."),
            [var name] => Unfrozen(new(playbooks.Load(name), entry, rule)
            {
                TrustsRule = entry.TrustRuleParameters ?? subject.Resource.Account == ownAccount,
            }),
            _ => new Decision.Refuse(
                Reason.NotConfigured,
                $"Several playbooks answer {rule.SourceIdentifier} for {subject.Resource.Type} ({string.Join(", ", names)}): choose one in the policy with 'playbook'."),
        };
    }

    private Decision Unfrozen(Decision.Act act)
    {
        var now = clock.GetUtcNow();
        var freeze = act.Mode is Mode.Observe ? null : policy.Freezes.FirstOrDefault(f => f.From <= now && now < f.Until);
        return freeze is null
            ? act
            : new Decision.Refuse(Reason.Frozen, $"Changes are frozen until {freeze.Until:u}: {freeze.Reason}", freeze.Until);
    }

    /// <summary>Always the same number from 0 to 99 for a resource, so that a growing share keeps those it had.</summary>
    private static int Share(ResourceKey resource) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Account}|{resource.Type}|{resource.Id}"))[0] * 100 / 256;

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "A defect kept the service from deciding about {Rule} for a {ResourceType}")]
        public static partial void Defect(ILogger log, Exception error, string rule, string resourceType);
    }
}
