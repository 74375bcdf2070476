using System.CommandLine;
using Remediator.Cli.Learn;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Learn;

namespace Remediator.Cli.Commands;

/// <summary><c>report</c>: what became of the findings, added up.</summary>
internal static class ReportCommand
{
    private const int UsualMinutes = 15;
    private const string LastRebuilt = "report";

    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var since = new Option<string>("--since")
        {
            Description = $"Incidents that were opened since then: {WrittenTime.Forms}.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "30d",
        };
        var by = new Option<string>("--by") { Description = "What the lines are by.", DefaultValueFactory = _ => "team" };
        by.AcceptOnlyFromAmong([.. Enum.GetValues<Grouping>().Select(ReportText.Name)]);
        var minutes = new Option<int>("--minutes")
        {
            Description = "What a fix by hand takes: hours saved are counted by it.",
            HelpName = "N",
            DefaultValueFactory = _ => UsualMinutes,
        };
        var html = new Option<string?>("--html")
        {
            Description = "Write a page too, with pictures, which needs no server.",
            HelpName = "FILE",
        };
        var csv = new Option<bool>("--csv")
        {
            Description = "Write comma-separated values, a line for each team, rule, or what --by says.",
        };
        var rebuild = new Option<bool>("--rebuild")
        {
            Description = "First count all ended incidents anew, those of earlier versions too. Goes through the whole journal.",
        };
        var command = new TaughtCommand(
            "report",
            "Summarizes what became of findings: fixed, asked, undone, escalated, waiting; how long it took, recurring drift and who "
            + "causes it.",
            """
            remediator report
            remediator report --since 90d --by rule --html report.html
            remediator report --since 2026-11-01 --by account --csv
            remediator report --rebuild
            """)
        {
            since, by, minutes, html, csv, rebuild,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            if (at.IsJson && parse.GetValue(csv))
            {
                throw new UsageException("--csv and --json exclude each other.");
            }

            if (parse.GetValue(minutes) is < 0 or > 6000)
            {
                throw new UsageException("--minutes is from 0 to 6000.");
            }

            var now = at.Outside.Clock.GetUtcNow();
            var from = TimeOf(parse.GetValue(since)!, now);
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            await Unsealed.WarnAsync(at, foundation, ct);
            var unreadable = parse.GetValue(rebuild) ? await RebuildAsync(at, foundation, now, ct) : [];
            var known = await KnownIncidents.ReadAsync(foundation.Journal, from, older: false, ct);
            var grouping = Enum.GetValues<Grouping>().Single(g => ReportText.Name(g) == parse.GetValue(by));
            var report = Report.Of(known.Digests, from, now, grouping, parse.GetValue(minutes)) with
            {
                Unbelieved = known.Unbelieved,
                Rollouts = (await foundation.Journal.RolloutsAsync(ct)).Items,
            };
            unreadable = [.. unreadable.Concat(known.Unreadable).Distinct()];
            if (parse.GetValue(csv))
            {
                ReportCsv.Write(at.Outside.Out, report);
            }
            else
            {
                var rebuilt = await foundation.Journal.BookmarkAsync(LastRebuilt, ct);
                ReportText.Show(at.Screen, report, rebuilt, unreadable);
                at.Json(w => ReportJson.Write(w, report, rebuilt, unreadable));
            }

            if (parse.GetValue(html) is { } file)
            {
                await File.WriteAllTextAsync(file, ReportPage.Of(report), ct);
                at.Screen.Line($"{file} written.", Tone.Good);
            }

            return unreadable is [] && report.Unbelieved == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    public static DateTimeOffset TimeOf(string text, DateTimeOffset now) => WrittenTime.Read(text, now)
        ?? throw new UsageException($"--since {text} is no time: write {WrittenTime.Forms}.");

    private static async Task<IReadOnlyList<string>> RebuildAsync(
        Terminal at, Foundation foundation, DateTimeOffset now, CancellationToken ct)
    {
        var rebuilt = await foundation.Journal.RebuildAsync(seen => at.Progress($"{seen} ended incidents counted"), ct);
        await foundation.Journal.SetBookmarkAsync(LastRebuilt, $"{now:u}", ct);
        at.Screen.Line(
            $"{Totals.Count(rebuilt.Incidents, "ended incident")} counted anew: {rebuilt.Written} were missing, or stood there otherwise.",
            Tone.Good);
        return rebuilt.Unreadable;
    }
}
