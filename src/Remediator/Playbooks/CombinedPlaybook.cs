using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>
/// Playbooks for one type of resource as one: their settings that AWS Config records, as steps that are planned, proven and undone
/// together. Each step keeps the name of its playbook, and with it the names and parameters that it sees.
/// </summary>
internal static class CombinedPlaybook
{
    /// <summary>The member of the scope that holds, for each playbook, what its steps see in place of the scope's own.</summary>
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
        Resolve = [.. parts.SelectMany(p => p.Resolve)],
        Guards = [.. parts.SelectMany(p => p.Guards)],
        Steps = [.. parts.SelectMany(StepsOf)],
        Types = [.. parts.SelectMany(p => p.Types).Where(t => t.Name == type).Take(1)],
        Manual = string.Join("\n", parts.Select(p => p.Manual.TrimEnd()).Distinct()),
        Source = "",
    };

    /// <summary>What a playbook's step is called among those of others.</summary>
    public static string NameOf(Playbook playbook, Step step) => step.Name is OnlyStep ? playbook.Name : $"{playbook.Name}/{step.Name}";

    private static IEnumerable<Step> StepsOf(Playbook playbook) => playbook.Steps
        .Where(s => s.Recorded is not null)
        .Select(s => s with { Name = NameOf(playbook, s), Of = playbook.Name });
}
