using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>The rule parameters that a playbook uses.</summary>
internal sealed class RuleReads(ImmutableHashSet<string> names)
{
    /// <summary>What a function or procedure reads that gets the whole <c>rule</c>: the required tags.</summary>
    private static readonly string[] Tags =
        ["requiredKeyTags", .. Enumerable.Range(1, 6).SelectMany(n => new[] { $"tag{n}Key", $"tag{n}Value" })];

    public bool Contains(string name) => names.Contains(name);

    /// <summary>Whether the playbook passes the whole rule to the function for required tags.</summary>
    public bool HasTags => names.Contains(Tags[0]);

    public static RuleReads Of(Playbook playbook)
    {
        var paths = PlaybookExpressions.Of(playbook).SelectMany(e => e.Paths).Where(p => p.Split('.')[0] is "rule").ToArray();
        return new(
        [
            .. paths.Where(p => p.Contains('.', StringComparison.Ordinal)).Select(NameIn),
            .. paths.Contains("rule") ? Tags : [],
            .. playbook.Parameters.SelectMany(p => p.FromRule),
            .. playbook.Steps.Select(s => s.Procedure).OfType<string>().SelectMany(
                name => Procedures.All.TryGetValue(name, out var p) ? p.RuleParameters : []),
        ]);
    }

    /// <summary>The guards that look at a parameter of the rule at which nothing else of the playbook does.</summary>
    public static ImmutableArray<PlaybookGuard> GuardsOf(Playbook playbook)
    {
        var others = Of(playbook with { Guards = [] });
        return
        [
            .. playbook.Guards.Where(guard => PlaybookExpressions.Of(guard)
                .SelectMany(e => e.Paths)
                .Where(p => p.StartsWith("rule.", StringComparison.Ordinal))
                .Any(p => !others.Contains(NameIn(p)))),
        ];
    }

    /// <summary>The name after <c>rule.</c> in a path.</summary>
    public static string NameIn(string path) => path["rule.".Length..].Split('.', '[')[0].Trim('"');
}
