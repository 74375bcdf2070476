using System.CommandLine;
using System.Globalization;
using Remediator.Catalog;
using Remediator.Cli.Output;
using Remediator.Playbooks;

namespace Remediator.Cli.Commands;

/// <summary><c>catalog</c>: every managed rule with what is done about it.</summary>
internal static class CatalogCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var pattern = new Argument<string?>("RULE")
        {
            Description = "Only rules whose identifier holds this text; case and dashes do not matter.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new TaughtCommand("catalog", "Lists every managed rule of AWS Config with what Remediator does about it.", """
            remediator catalog
            remediator catalog s3-bucket
            remediator catalog --json | jq -r '.rules[] | select(.answer == "escalated") | .rule'
            """)
        {
            pattern, common.Playbooks,
        };
        command.SetAction(parse =>
        {
            var at = terminal(parse);
            var (folder, _) = new CliSettings(at.Outside, parse.GetValue(common.Playbooks)).WorkingFiles();
            var report = new CatalogReport([.. PlaybookLibrary.Names(folder).Select(new PlaybookLibrary(folder).Load)]);
            Show(at, report, parse.GetValue(pattern) ?? "");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(Terminal at, CatalogReport report, string pattern)
    {
        if (at.IsJson)
        {
            at.Outside.Out.WriteLine(report.ToJson(pattern));
            return;
        }

        var lines = report.Like(pattern).ToList();
        if (lines is not [])
        {
            at.Screen.Table(["Rule", "Answer", "Playbook"], [.. lines.Select(l => (string[])[l.Rule.Id, CatalogReport.Words(l.Answer), string.Join(", ", l.Playbooks)])]);
        }

        foreach (var line in lines.Count <= 5 ? lines : [])
        {
            at.Screen.Line();
            at.Screen.Line(line.Rule.Id, Tone.Heading);
            at.Screen.Line($"  {line.Guidance}");
        }

        at.Screen.Line();
        at.Screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines.Count} of {report.Lines.Length} rules. All: {string.Join(", ", report.Counts.Select(c => $"{c.Rules} {c.Words}"))}."));
    }
}
