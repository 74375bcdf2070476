using System.Collections.Immutable;
using System.Text;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Authoring.Runbooks;

/// <summary>The pages of docs/runbooks: one for each reason of a notice, and one for each alarm of the template.</summary>
internal static class RunbookPages
{
    private const string Evaluate = "```sh\naws configservice start-config-rules-evaluation --config-rule-names RULE\n```";

    private const string Head = """
        # Runbooks

        One page for each reason why automation stops and a person is notified, for each notice about more than one incident, and for
        each alarm. `remediator generate` writes the pages from the code, the template and
        `src/Remediator/Authoring/Data/runbooks.txt`; changes by hand are lost. In commands, replace `ID` by the incident's id, and words
        in capitals by names; `aws cloudformation describe-stack-resources` lists the names. `remediator doctor` checks everything that a
        deployment depends on.

        | reason | what became of the fix |
        |---|---|

        """;

    /// <summary>All pages by name, and their list as README.</summary>
    /// <exception cref="InvalidDataException">A reason or an alarm has no text, or a text belongs to neither.</exception>
    public static ImmutableArray<(string Name, string Text)> Of(ImmutableArray<RunbookText> texts, ImmutableArray<TemplateAlarm> alarms)
    {
        var (byName, reasons) = (texts.ToDictionary(t => t.Name, StringComparer.Ordinal), Enum.GetValues<Reason>());
        string[] notices = [.. ServiceNotice.Reasons.Select(r => r.Reason).Except(reasons.Select(r => r.Name()))];
        string[] names = [.. reasons.Select(r => r.Name()), .. notices, .. alarms.Select(a => a.Name)];
        if (names.Except(byName.Keys).FirstOrDefault() is { } lacking)
        {
            throw new InvalidDataException($"runbooks.txt has no section about {lacking}.");
        }

        return byName.Keys.Except(names).FirstOrDefault() is { } leftover
            ? throw new InvalidDataException($"runbooks.txt has a section about {leftover}, which is no reason, no notice and no alarm.")
            :
            [
                ("README", Index(byName, reasons, notices, alarms)),
                .. reasons.Select(r => (r.Name(), Page(byName[r.Name()], Facts(r), After(r)))),
                .. notices.Select(n => (n, Page(byName[n], [], []))),
                .. alarms.Select(a => (a.Name, Page(byName[a.Name], [.. a.Facts.Select(f => (f.Word, $"`{f.Value}`"))], []))),
            ];
    }

    private static string Index(
        Dictionary<string, RunbookText> texts, Reason[] reasons, string[] notices, ImmutableArray<TemplateAlarm> alarms) => string.Concat(
    [
        Head.ReplaceLineEndings("\n"),
        .. reasons.Select(r => $"| [`{r.Name()}`]({r.Name()}.md) | {ReasonMeaning.Of(r).Headline} |\n"),
        "\n| notice | what it says |\n|---|---|\n",
        .. notices.Select(n => $"| [`{n}`]({n}.md) | {texts[n].Means} |\n"),
        "\n| alarm | what it says |\n|---|---|\n",
        .. alarms.Select(a => $"| [`{a.Name}`]({a.Name}.md) | {texts[a.Name].Means} |\n"),
    ]);

    private static string Page(
        RunbookText text, ImmutableArray<(string Name, string Value)> facts, ImmutableArray<string> after) => string.Concat(
    [
        $"# `{text.Name}`\n\n{text.Means}\n\n| | |\n|---|---|\n",
        $"| ends by itself | {text.Heals} |\n| who decides | {text.Decides} |\n",
        .. facts.Select(f => $"| {f.Name} | {f.Value.Replace("|", "\\|", StringComparison.Ordinal)} |\n"),
        "\n## Look\n\n",
        .. text.Looks.Select(l => $"- {char.ToUpperInvariant(l.Shows[0])}{l.Shows[1..]}:\n  ```sh\n  {l.Command}\n  ```\n"),
        "\n## Do\n\n",
        .. text.Steps.Index().Select(s => $"{s.Index + 1}. {s.Item}\n"),
        .. after.Select(line => $"\n{line}\n"),
        "\n[All runbooks](README.md) · [Operating](../operating.md)\n",
    ]);

    private static ImmutableArray<(string Name, string Value)> Facts(Reason reason) =>
    [
        ("the notice says", ReasonMeaning.Of(reason).Headline),
        ("in short", ReasonMeaning.Of(reason).Todo),
        ("counts as a failure of the playbook", Breaker.Counts(reason) ? "yes: several in an hour take it out of use" : "no"),
    ];

    private static ImmutableArray<string> After(Reason reason) => ReasonMeaning.Of(reason) switch
    {
        { MayRetry: true, MayReevaluate: true } => ["Then `remediator retry ID`, or have AWS Config look again.", Evaluate],
        { MayRetry: true } => ["Then `remediator retry ID` starts again from the live state."],
        { MayReevaluate: true } => ["Then have AWS Config look again.", Evaluate],
        _ => [],
    };
}
