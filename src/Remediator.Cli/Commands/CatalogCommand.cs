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
    private const int MostPages = 10;

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
            var asked = parse.GetValue(rules) ?? [];
            CheckKnown(report, asked);
            Show(at, report, playbooks, asked, parse.GetValue(summary));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <exception cref="UsageException">No managed rule is called so.</exception>
    private static void CheckKnown(CatalogReport report, string[] rules)
    {
        if (rules.FirstOrDefault(r => !report.Lines.Any(l => IsCalled(l, r))) is not { } unknown)
        {
            return;
        }

        var near = Nearest.Hint(unknown.Replace('-', '_').ToUpperInvariant(), [.. report.Lines.Select(l => l.Rule.Id)]);
        throw new UsageException($"No managed rule of AWS Config has '{unknown}' in its identifier{near}; {KnownRules.Unlisted}.");
    }

    private static bool IsCalled(CatalogLine line, string rule) =>
        line.Rule.Id.Contains(rule.Replace('-', '_'), StringComparison.OrdinalIgnoreCase);

    private static string[] Cells(CatalogLine line) =>
        [line.Rule.Id, CatalogReport.Words(line.Answer), string.Join(", ", line.Playbooks), line.Guidance];

    private static void Page(Screen screen, CatalogLine line)
    {
        screen.Line(line.Rule.Id, Tone.Heading);
        screen.Facts(
            ("Answer", CatalogReport.Words(line.Answer)),
            ("Playbooks", string.Join(", ", line.Playbooks)),
            ("By hand", $"{line.Guidance}{line.Shows}"));
        screen.Line();
    }

    /// <summary>A few rules that were asked for with all that is known of them, more of them a line each.</summary>
    private static void Write(Screen screen, CatalogLine[] lines, bool isAsked)
    {
        if (isAsked && lines.Length <= MostPages)
        {
            foreach (var line in lines)
            {
                Page(screen, line);
            }
        }
        else if (lines.Length > 0)
        {
            screen.Table(["Rule", "Answer", "Playbooks", ""], [.. lines.Select(Cells)]);
            screen.Line();
        }
    }

    private static void Show(
        Terminal at, CatalogReport report, IReadOnlyCollection<Playbook> playbooks, string[] rules, bool summaryOnly)
    {
        CatalogLine[] lines = [.. report.Lines.Where(l => rules.Length == 0 || rules.Any(r => IsCalled(l, r)))];
        var figures = CatalogFigures.Of(report, playbooks);
        Write(at.Screen, summaryOnly ? [] : lines, isAsked: rules.Length > 0);
        foreach (var line in summaryOnly || rules.Length == 0 ? figures.Lines() : [])
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
