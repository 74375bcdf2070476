using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Authoring.Catalog;
using Remediator.Cli.Output;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>catalog</c>: every managed rule of AWS Config with what Remediator does about it.</summary>
internal static class CatalogCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var rules = new Argument<string[]>("RULES")
        {
            Description = "Identifiers of rules, or a part of them, case and dashes aside; without any, all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var summary = new Option<bool>("--summary")
        {
            Description = "Only the counts: rules by answer, by use and by well-known sets; playbooks, their size.",
        };
        var command = new TaughtCommand(
            "catalog",
            "Lists AWS Config's managed rules with what is done about each: fixed, asked about, or escalated and why.",
            """
            remediator catalog
            remediator catalog --summary
            remediator catalog S3_BUCKET
            remediator catalog --json | jq -r '.rules[] | select(.answer == "escalated") | .rule'
            """)
        {
            rules, summary, common.Playbooks,
        };
        command.SetAction(parse =>
        {
            var at = terminal(parse);
            var folder = new CliSettings(at.Outside, parse.GetValue(common.Playbooks)).WorkingFiles().Playbooks;
            var library = new PlaybookLibrary(folder);
            ImmutableArray<Playbook> playbooks = [.. PlaybookLibrary.Names(folder).Select(library.Load)];
            var report = new CatalogReport(playbooks)
            {
                Guides = [.. PlaybookLibrary.GuideNames(folder).Select(library.LoadGuide)],
            };
            Show(at, report, playbooks, parse.GetValue(rules) ?? [], parse.GetValue(summary));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Cells(CatalogLine line, bool withEvidence) =>
    [
        line.Rule.Id, CatalogReport.Words(line.Answer), string.Join(", ", line.Playbooks),
        withEvidence ? $"{line.Guidance}{line.Shows}" : line.Guidance,
    ];

    private static void Show(
        Terminal at, CatalogReport report, IReadOnlyCollection<Playbook> playbooks, string[] rules, bool summaryOnly)
    {
        var lines = report
            .Lines.Where(l =>
                rules.Length == 0 || rules.Any(r => l.Rule.Id.Contains(r.Replace('-', '_'), StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        if (!summaryOnly)
        {
            at.Screen.Table(
                ["Rule", "Answer", "Playbooks", ""],
                [.. lines.Select(l => Cells(l, withEvidence: rules.Length > 0))]);
            at.Screen.Line();
        }

        var figures = CatalogFigures.Of(report, playbooks);
        foreach (var line in figures.Lines())
        {
            at.Screen.Line(line);
        }

        at.Json(w =>
        {
            figures.Write(w);
            if (!summaryOnly)
            {
                w.List("rules", lines, l => CatalogReport.Write(w, l));
            }
        });
    }
}
