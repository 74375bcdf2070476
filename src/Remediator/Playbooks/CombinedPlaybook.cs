using System.Collections.Immutable;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// Several playbooks for one resource type as one: their settings that AWS Config records become steps that are planned, verified and
/// undone together. Each step has the name of its playbook, and sees that playbook's names and parameters.
/// </summary>
internal static class CombinedPlaybook
{
    /// <summary>The member of the scope with, for each playbook, the values that its steps see in place of the scope's own.</summary>
    public const string ScopesMember = "playbooks";

    private const string OnlyStep = "setting";

    public static Playbook Of(string type, ImmutableArray<Playbook> parts) => new()
    {
        Name = parts is [var one] ? one.Name : $"rollback/{type}",
        Summary = "Puts settings back to what AWS Config recorded while the resource was compliant.",
        Rules = [],
        Resources = [type],
        Impact = parts.Max(p => p.Impact),
        IsGlobal = parts.Any(p => p.IsGlobal),
        Resolve = [.. parts.SelectMany(p => p.Resolve.Select(q => q with { Of = p.Name }))],
        Guards = [.. parts.SelectMany(p => p.Guards)],
        Steps = [.. parts.SelectMany(StepsOf)],
        Types = [.. parts.SelectMany(p => p.Types).Where(t => t.Name == type).Take(1)],
        Manual = string.Join("\n", parts.Select(p => p.Manual.TrimEnd()).Distinct()),
        Source = "",
    };

    /// <summary>What the steps of a playbook among others see.</summary>
    public static Scope ScopeOf(Scope scope, string playbook) => scope[ScopesMember].Member(playbook) is var own && own.IsObject()
        ? own.EnumerateObject().Aggregate(scope, (known, member) => known.With(member.Name, member.Value))
        : scope;

    /// <summary>The name of a playbook's step among those of others.</summary>
    public static string NameOf(Playbook playbook, Step step) => step.Name is OnlyStep ? playbook.Name : $"{playbook.Name}/{step.Name}";

    private static IEnumerable<Step> StepsOf(Playbook playbook) => playbook.Steps
        .Where(s => s.Recorded is not null)
        .Select(s => s with { Name = NameOf(playbook, s), Of = playbook.Name });
}
