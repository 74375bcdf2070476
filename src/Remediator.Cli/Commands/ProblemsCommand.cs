using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Learn;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>problems</c>: incidents of one cause.</summary>
internal static class ProblemsCommand
{
    private const int MostShown = 20;

    /// <summary>How far back ended incidents are looked at, where nothing else is said.</summary>
    public static readonly TimeSpan Since = TimeSpan.FromDays(7);

    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var since = new Option<string>("--since")
        {
            Description = $"Open incidents, and those that were opened since then: {WrittenTime.Forms}.",
            HelpName = "TIME",
            DefaultValueFactory = _ => $"{Since.Days}d",
        };
        var least = new Option<int>("--least")
        {
            Description = "The least number of resources with the same cause.",
            HelpName = "N",
            DefaultValueFactory = _ => Problems.Default.Least,
        };
        var within = new Option<int>("--within")
        {
            Description = "What one stack or principal did is one thing while no longer pause lies between, in hours.",
            HelpName = "HOURS",
            DefaultValueFactory = _ => (int)Problems.Default.Within.TotalHours,
        };
        var command = new TaughtCommand(
            "problems",
            "Groups incidents by cause: a missing permission, a new rule, a stack, a principal. Each group comes with one command for "
            + "all of them.",
            """
            remediator problems
            remediator problems --since 2d --least 5
            remediator problems --json | jq -r '.problems[0].commands[]'
            """)
        {
            since, least, within,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            if (parse.GetValue(least) < 2 || parse.GetValue(within) is < 1 or > 720)
            {
                throw new UsageException("--least is 2 or more, --within from 1 to 720 hours.");
            }

            var from = ReportCommand.TimeOf(parse.GetValue(since)!, at.Outside.Clock.GetUtcNow());
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            await Unsealed.WarnAsync(at, foundation, ct);
            var known = await KnownIncidents.ReadAsync(foundation.Journal, from, older: true, ct);
            var problems = new Problems(parse.GetValue(least), TimeSpan.FromHours(parse.GetValue(within))).Of(known.Digests, from);
            Show(at, problems, known);
            return known.Unreadable is [] && known.Unbelieved == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    private static void Show(Terminal at, ImmutableArray<Problem> problems, KnownIncidents known)
    {
        var grouped = problems.Sum(p => p.Incidents.Length);
        at.Screen.Line(
            $"{Totals.Count(problems.Length, "problem")} with {Totals.Count(grouped, "incident")}; "
            + $"{known.Digests.Count - grouped} others stand alone.",
            Tone.Heading);
        foreach (var problem in problems)
        {
            Show(at.Screen, problem);
        }

        if (known.Unreadable is not [] || known.Unbelieved > 0)
        {
            at.Screen.Paragraph(
                $"Left out: {Totals.Count(known.Unbelieved, "entry", "entries")} of the aggregate that this service did not write, and "
                + $"{Totals.Count(known.Unreadable.Count, "incident")} that cannot be read.",
                Tone.Bad);
        }

        at.Json(w =>
        {
            w.List("problems", problems, p =>
            {
                w.WriteString("id", p.Id);
                w.WriteString("kind", p.Kind.ToString().ToLowerInvariant());
                w.WriteString("name", p.Name);
                w.WriteString("says", p.Words);
                w.WriteNumber("count", p.Incidents.Length);
                w.WriteNumber("open", p.Open);
                w.WriteString("first", p.First);
                w.WriteString("last", p.Last);
                w.Texts("incidents", p.Incidents.Select(d => d.Id));
                w.Texts("commands", p.Commands);
            });
            w.WriteNumber("alone", known.Digests.Count - grouped);
            w.WriteNumber("notCounted", known.Unbelieved);
            w.Texts("unreadable", known.Unreadable);
        });
    }

    private static void Show(Screen screen, Problem problem)
    {
        screen.Line();
        screen.Paragraph(
            $"{problem.Id}  {Totals.Count(problem.Incidents.Length, "incident")}, {problem.Open} open: "
            + $"{PlainText.Line(problem.Words, 300)}; "
            + string.Create(CultureInfo.InvariantCulture, $"first {problem.First:u}, last {problem.Last:u}"),
            problem.Open > 0 ? Tone.Warning : Tone.Plain);
        foreach (var rule in problem.Incidents.CountBy(d => d.Rule).OrderByDescending(r => r.Value).Take(MostShown / 4))
        {
            screen.Line($"  {rule.Value,4}  {PlainText.Line(rule.Key, 128)}");
        }

        screen.Paragraph(
            $"  {string.Join(' ', problem.Incidents.Take(MostShown).Select(d => d.Id))}"
            + (problem.Incidents.Length > MostShown ? $" and {problem.Incidents.Length - MostShown} more" : ""),
            Tone.Quiet);
        foreach (var command in problem.Commands)
        {
            // A command is one line, to be pasted as it is.
            screen.Line($"  {command}");
        }
    }
}
