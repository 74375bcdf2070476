using System.CommandLine;
using System.Globalization;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Cli.Commands;

/// <summary><c>rollback TYPE ID</c>: does for a person what an event does that says when the resource was right last.</summary>
internal static class RollbackCommand
{
    private const string Examples = """
        remediator rollback AWS::S3::Bucket shop-invoices --rule our-baseline --to 2026-11-27T08:00:00Z --dry-run
        remediator rollback AWS::EC2::SecurityGroup sg-0a1b2c3d4e5f60718 --to 2026-11-27T08:00:00Z --why 'agreed with team web'
        """;

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var type = new Argument<string>("TYPE") { Description = "The resource's type, as in AWS::S3::Bucket." };
        var id = new Argument<string>("ID") { Description = "The resource's id, as AWS Config has it." };
        var rule = new Option<string?>("--rule")
        {
            Description = "The Config rule, by its name, that finds the resource wrong: the incident is under it, and of a managed rule "
                + "only its settings go back. Without it, the one rule that finds the resource wrong has the incident, and every setting "
                + "that drifted since goes back.",
            HelpName = "NAME",
        };
        var to = new Option<string>("--to")
        {
            Description = "A time at which the resource was right; 'remediator history' shows what was recorded when.",
            HelpName = "TIME",
            Required = true,
        };
        var account = new Option<string?>("--account")
        {
            Description = "The account of the resource; otherwise the own one.",
            HelpName = "ID",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Show the plan; change nothing." };
        var why = new Option<string?>("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };
        var command = new TaughtCommand(
            "rollback",
            "Puts the settings of a resource back to what AWS Config recorded at a time, under the same promises as for an event.",
            Examples)
        {
            type,
            id,
            rule,
            to,
            account,
            dry,
            why,
            common.By,
            common.Function,
            common.Local,
            common.Playbooks,
            common.Policy,
        };
        command.SetAction(
            async (parse, ct) =>
            {
                var at = terminal(parse);
                var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
                var resource = new ResourceKey(
                    parse.GetValue(account) ?? "", settings.ForFunction().Region, parse.GetValue(type)!, parse.GetValue(id)!);
                var order = new RollbackOrder(resource, Time(parse.GetValue(to)!, at.Outside.Clock.GetUtcNow()))
                {
                    Rule = parse.GetValue(rule),
                    IsDryRun = parse.GetValue(dry),
                };
                var by = parse.GetValue(common.By) ?? at.Outside.Environment("USER") ?? "unknown";
                var said = new OperatorCommand(OperatorVerb.Rollback, "", by, parse.GetValue(why), Force: false) { Rollback = order };
                return await OperatorRun.RunAsync(at, settings, said, common.FunctionOf(parse, at.Outside), ct);
            });
        return command;
    }

    private static DateTimeOffset Time(string text, DateTimeOffset now) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time < now
            ? time
            : throw new UsageException($"--to {text} is not a time that has passed; one looks like 2026-11-27T08:00:00Z.");
}
