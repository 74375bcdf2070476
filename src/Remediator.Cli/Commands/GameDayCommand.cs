using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Remediator.Aws;
using Remediator.Cli.GameDay;
using Remediator.Cli.Output;
using Remediator.Playbooks;

namespace Remediator.Cli.Commands;

/// <summary><c>gameday</c>: an exercise on a live account, on resources that it makes itself.</summary>
internal static class GameDayCommand
{
    private static readonly TimeSpan ToCleanUp = TimeSpan.FromSeconds(60);

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var topic = new Option<string?>("--topic")
        {
            Description = "Where the notices go, each marked EXERCISE; without it they are shown here and sent nowhere.",
            HelpName = "ARN",
        };
        var role = new Option<string?>("--role")
        {
            Description = "Work in sessions of this role, and take the permission away by session policy, not by the bucket's policy.",
            HelpName = "ARN",
        };
        var deployed = new Option<bool>("--deployed")
        {
            Description = "Also let a bucket drift before the deployed service: an event is put on its queue, and its journal is watched.",
        };
        var yes = new Option<bool>("--yes") { Description = "Begin without a question." };
        var command = new TaughtCommand(
            "gameday",
            "An exercise on the account at hand, with two empty buckets that it makes, tags and removes: one drifts, is fixed and undone; "
            + "one is refused, told to people, and fixed once it may be.",
            """
            remediator gameday
            remediator gameday --topic "$EXERCISE_TOPIC_ARN"
            remediator gameday --role "$EXERCISE_ROLE_ARN" --yes --json
            """)
        {
            topic, role, deployed, yes, common.Playbooks,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks));
            var isDeployed = parse.GetValue(deployed);
            var service = isDeployed ? await settings.ForChangesAsync(ct) : await settings.ForReadingAsync(ct);
            var asked = new Asked(parse.GetValue(topic), isDeployed, parse.GetValue(yes));
            return await RunAsync(at, service with { OwnRole = parse.GetValue(role) }, asked, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal at, ServiceSettings settings, Asked asked, CancellationToken ct)
    {
        var connected = at.Outside.Connect(settings);
        var aws = connected.Accounts.For(settings.AccountId, settings.Region);
        var exercise = connected.Clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var buckets = new ExerciseBuckets(aws, settings.AccountId, settings.Region, exercise);
        at.Progress("looking for what an earlier exercise left");
        var (remains, untagged) = await buckets.RemainsAsync(ct);
        if (!asked.IsAgreed && !await AsksAsync(at, settings, asked, remains, ct))
        {
            at.Screen.Line("Nothing was done.");
            return ExitCodes.Problems;
        }

        var publisher = new ExercisePublisher(asked.Topic is null ? null : connected.Publisher);
        var steps = new GameDaySteps(connected.Clock, step => at.Progress($"step {step}"));
        var run = new GameDayRun(
            connected,
            buckets,
            settings.Region,
            asked.Topic ?? NoticeShown.NoTopic,
            settings.OwnRole is not null,
            new PlaybookLibrary(settings.PlaybookFolder),
            steps);
        var deployed = new DeployedExercise(connected, buckets, settings.Region, steps);
        var (cleaned, isComplete, isInterrupted) = (new Cleaned(buckets), false, false);
        try
        {
            isComplete = await run.RunAsync(publisher, ct) && (!asked.IsDeployed || await deployed.RunAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            isInterrupted = true;
        }
        finally
        {
            // Also after a fault, and after Ctrl-C.
            using var grace = new CancellationTokenSource(ToCleanUp);
            await cleaned.RemoveAsync([.. remains, .. buckets.Made], grace.Token);
            await steps.RunAsync("removed", async () =>
            {
                await deployed.CloseAsync(grace.Token);
                return (cleaned.Left is [], $"{cleaned.Removed.Count} buckets were removed.");
            });
        }

        var report = new GameDayReport(
            exercise, settings, asked.Topic, steps, isComplete, asked.IsDeployed, publisher.Sent, cleaned, untagged);
        report.Show(at.Screen);
        at.Json(report.Write);
        return isInterrupted ? ExitCodes.Interrupted : report.Holds ? ExitCodes.Done : ExitCodes.Problems;
    }

    /// <exception cref="UsageException">No confirmation can be asked for.</exception>
    private static async Task<bool> AsksAsync(
        Terminal at, ServiceSettings settings, Asked asked, ImmutableArray<string> remains, CancellationToken ct)
    {
        if (at.IsJson || !at.Outside.IsInTerminal)
        {
            throw new UsageException("Nothing was done: nobody can be asked here. --yes goes on without a question.");
        }

        at.Screen.Line($"An exercise in account {settings.AccountId}, {settings.Region}:", Tone.Heading);
        at.Screen.Line(
            $"  makes two empty buckets {ExerciseBuckets.Prefix}… with the tag {ExerciseBuckets.Tag}, and removes them at its end");
        at.Screen.Line($"  sends notices marked {ExercisePublisher.Mark} to {asked.Topic ?? "nobody: they are shown here"}");
        foreach (var bucket in remains)
        {
            at.Screen.Line($"  removes {bucket}, which an earlier exercise left (or one that goes on elsewhere)", Tone.Warning);
        }

        at.Screen.Line(asked.IsDeployed
            ? "  makes a third bucket for the deployed service, which tells its own people of it, unmarked, if its policy says so"
            : "  touches nothing else, and no deployment");
        await at.Outside.Out.WriteAsync("Begin? Type yes: ".AsMemory(), ct);
        await at.Outside.Out.FlushAsync(ct);
        return (await at.Outside.In.ReadLineAsync(ct))?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) is true;
    }

    /// <summary>What the command line says.</summary>
    private sealed record Asked(string? Topic, bool IsDeployed, bool IsAgreed);
}
