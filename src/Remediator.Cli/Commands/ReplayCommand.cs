using System.CommandLine;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>replay EVENT</c>: one event through the pipeline.</summary>
internal static class ReplayCommand
{
    private const string Examples = """
        remediator replay event.json --mode observe            the plan for this event; nothing is changed
        remediator replay event.json --mode auto               fix it now, and journal it where the settings say
        aws sqs receive-message --queue-url … | remediator replay -
        remediator replay batch.json --record 2                the second message of a batch
        remediator replay event.json --param tags.Owner=web    a parameter of the playbook over the policy's
        """;

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var file = new Argument<string>("EVENT")
        {
            Description = "A file with the event, a queue message or a batch of messages; - reads standard input.",
        };
        var mode = new Option<string?>("--mode") { Description = "Over the policy's mode: observe, approve or auto.", HelpName = "MODE" };
        mode.AcceptOnlyFromAmong("observe", "approve", "auto");
        var record = new Option<int?>("--record") { Description = "Which message of a batch, counted from 1.", HelpName = "N" };
        var parameters = new Option<string[]>("--param")
        {
            Description = "A parameter of the playbook, over the policy's; may be repeated. The value is read as JSON where it is JSON.",
            HelpName = "NAME=VALUE",
        };
        var command = new TaughtCommand(
            "replay",
            "Runs one event through the pipeline, against the account that the environment's credentials and endpoint lead to.",
            Examples)
        {
            file,
            mode,
            record,
            parameters,
            common.Playbooks,
            common.Policy,
        };
        command.SetAction(
            async (parse, ct) =>
            {
                var at = terminal(parse);
                var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
                var chosen = parse.GetValue(mode) is { } name ? Enum.Parse<Mode>(name, ignoreCase: true) : (Mode?)null;
                var replayer = new Replayer(at, settings, chosen, PolicyOverride.Parameters(parse.GetValue(parameters) ?? []));
                var replayed = await replayer.RunAsync(
                    Choose(await ReadAsync(at.Outside, parse.GetValue(file)!, ct), parse.GetValue(record)), ct);
                at.Json(replayed.Write);
                return ExitCodes.OfName(replayed.Outcome);
            });
        return command;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Outside outside, string file, CancellationToken ct)
    {
        if (file is not "-" && !File.Exists(file))
        {
            throw new UsageException($"There is no file {file}; - reads standard input.");
        }

        return EventInput.Read(file is "-" ? await outside.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct));
    }

    private static string Choose(IReadOnlyList<string> events, int? record) => (events.Count, record) switch
    {
        (1, null) => events[0],
        (0, _) => throw new UsageException("The batch holds no message."),
        (var count, null) => throw new UsageException($"The batch holds {count} messages: choose one with --record 1 to --record {count}."),
        (var count, { } n) when n >= 1 && n <= count => events[n - 1],
        (var count, { } n) => throw new UsageException($"There is no message {n}: the input holds {count}."),
    };
}
