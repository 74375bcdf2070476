using System.CommandLine;
using Remediator.Cli.Learn;
using Remediator.Cli.Output;
using Remediator.Learn;

namespace Remediator.Cli.Commands;

/// <summary><c>review INCIDENT</c>: looks back at one incident.</summary>
internal static class ReviewCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var html = new Option<string?>("--html")
        {
            Description = "Write a page too, which a browser shows without a server.",
            HelpName = "FILE",
        };
        var command = new TaughtCommand(
            "review",
            "Reviews an incident: timeline, cause, what was shown and done, and what would prevent it.",
            """
            remediator review 01AB-CD2E-3F4G
            remediator review 01AB-CD2E-3F4G --html review.html
            """)
        {
            common.Incident, html,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            if (await NamedIncident.FindAsync(at, parse.GetValue(common.Incident)!, ct) is not { } incident)
            {
                return ExitCodes.Problems;
            }

            var review = Review.Of(incident);
            ReviewText.Show(at.Screen, review);
            at.Json(w => ReviewText.Write(w, review));
            if (parse.GetValue(html) is { } file)
            {
                await File.WriteAllTextAsync(file, ReviewText.Page(review), ct);
                at.Screen.Line($"{file} written.", Tone.Good);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
