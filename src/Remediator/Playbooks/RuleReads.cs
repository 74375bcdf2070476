using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>Which of a rule's parameters a playbook looks at.</summary>
internal sealed class RuleReads(ImmutableHashSet<string> names)
{
    /// <summary>What a function or procedure reads that is given the whole of <c>rule</c>: the tags that a rule asks for.</summary>
    private static readonly string[] Tags =
        ["requiredKeyTags", .. Enumerable.Range(1, 6).SelectMany(n => new[] { $"tag{n}Key", $"tag{n}Value" })];

    public bool Contains(string name) => names.Contains(name);

    /// <summary>True where the playbook hands the whole rule to the function that knows required tags.</summary>
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

    /// <summary>The name after <c>rule.</c> in a path.</summary>
    public static string NameIn(string path) => path["rule.".Length..].Split('.', '[')[0].Trim('"');
}
