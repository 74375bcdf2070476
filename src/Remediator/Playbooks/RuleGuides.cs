using System.Collections.Frozen;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// The guides to AWS's managed rules, embedded in the assembly and read when a person first needs one: for a rule that no playbook
/// answers for the resource's type.
/// A line is <c>rule | what it checks | what a person does</c>; in place of the last part, <c>same as RULE: why</c>.
/// </summary>
internal static class RuleGuides
{
    private const string Folder = "guides/";
    private const string SameAs = "same as ";

    public static FrozenDictionary<string, RuleGuide> All => field ??= Read(FactFile.LinesUnder(Folder));

    /// <summary>Null for a rule that is not managed by AWS, or that has a playbook and no guide.</summary>
    public static RuleGuide? Of(string ruleIdentifier) => All.GetValueOrDefault(ruleIdentifier);

    /// <exception cref="InvalidDataException">A line is not a guide, or refers to one that does not exist.</exception>
    internal static FrozenDictionary<string, RuleGuide> Read(IEnumerable<string> text)
    {
        var lines = text.Select(Fields).ToList();
        var own = lines.Where(l => !l.Todo.StartsWith(SameAs, StringComparison.Ordinal))
            .ToDictionary(l => l.Rule, l => l.Todo, StringComparer.Ordinal);
        return lines.ToFrozenDictionary(
            l => l.Rule,
            l => own.TryGetValue(l.Rule, out var todo) ? new(l.Checks, todo) : Shared(l.Checks, l.Todo, own),
            StringComparer.Ordinal);
    }

    private static RuleGuide Shared(string checks, string reference, Dictionary<string, string> own) =>
        reference[SameAs.Length..].Split(": ", 2) is [var other, { Length: > 0 } because] && own.TryGetValue(other, out var todo)
            ? new(checks, todo) { SharedBecause = because }
            : throw new InvalidDataException($"Not a reference to another guide, with a reason: '{reference}'.");

    private static (string Rule, string Checks, string Todo) Fields(string line) =>
        line.Split(" | ") is [{ Length: > 0 } rule, { Length: > 0 } checks, { Length: > 0 } todo]
            ? (rule, checks, todo)
            : throw new InvalidDataException($"Not a guide to a rule: '{line}'.");
}
