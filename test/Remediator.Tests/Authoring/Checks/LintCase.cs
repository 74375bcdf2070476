using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>
/// A small mistake and the linter's report: the code, the position (marked by <c>▸</c> in the text), and parts of the message, which says
/// how to correct it.
/// </summary>
public sealed record LintCase(string Code, string Mistake, string Playbook, params string[] Says)
{
    private const string Mark = "▸";

    public string Name { get; init; } = "s3/block";

    public string Policy { get; init; } = "";

    /// <summary>A second playbook in the folder.</summary>
    public string? Other { get; init; }

    /// <summary>Codes of further problems from the same mistake.</summary>
    public string[] Besides { get; init; } = [];

    public bool IsWarning { get; init; }

    /// <summary>The good playbook with some of its text replaced.</summary>
    public static LintCase Good(string code, string mistake, string old, string @new, params string[] says) => Lint.Good.Contains(
        old, StringComparison.Ordinal)
        ? new(code, mistake, Lint.Good.Replace(old, @new, StringComparison.Ordinal), says)
        : throw new ArgumentException(old);

    /// <summary>The good playbook with some of its text removed.</summary>
    public LintCase Less(string text) => Playbook.Contains(text, StringComparison.Ordinal)
        ? this with { Playbook = Playbook.Replace(text, "", StringComparison.Ordinal) }
        : throw new ArgumentException(text);

    public int Line => Before.Count(c => c is '\n') + 1;

    public int Column => Before.Length - Before.LastIndexOf('\n');

    /// <summary>What the whole linter finds.</summary>
    internal ImmutableArray<Problem> Problems() => Lint.Of(
        [(Name, Without(Playbook)), .. Other is { } other ? [("s3/a-second", other)] : Array.Empty<(string, string)>()],
        Without(Policy));

    /// <summary>The playbook as read, for a check that is called alone.</summary>
    internal Playbook Read() => PlaybookReader.TryRead(Name, Name + ".yaml", Without(Playbook)).Playbook!;

    public override string ToString() => $"{Code} {Mistake}";

    private string Before => Marked[..Marked.IndexOf(Mark, StringComparison.Ordinal)];

    private string Marked => new[] { Playbook, Policy }.Single(text => text.Contains(Mark, StringComparison.Ordinal));

    private static string Without(string text) => text.Replace(Mark, "", StringComparison.Ordinal);
}
