using System.CommandLine;
using Remediator.Cli.Output;
using Remediator.Operate;

namespace Remediator.Cli.Commands;

/// <summary>What is said beside an operator's command: why, until when, about what in place of incidents.</summary>
internal sealed class OperatorOptions(CommonOptions common, Func<ParseResult, Terminal> terminal)
{
    public Option<bool> Force { get; } = new("--force")
    {
        Description = "Put back although the resource no longer holds what was written; needs --why.",
    };

    public Option<string?> Why { get; } = new("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };

    public Option<string> Reason { get; } = new("--why")
    {
        Description = "The reason; it is shown wherever the stop holds a change back.",
        HelpName = "TEXT",
        Required = true,
    };

    public Option<string?> Until { get; } = OrderCommands.Until();

    public Option<string[]> Match { get; } = new("--match")
    {
        Description =
            "What it is about, in place of incidents: rule, resource, resource-type, account or region, with '*' and '?'. May be "
            + "repeated; all of them must hold.",
        HelpName = "WORD=PATTERN",
    };

    public CliSettings Settings(ParseResult parse) =>
        new(terminal(parse).Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));

    public string? Function(ParseResult parse) => common.FunctionOf(parse, terminal(parse).Outside);

    public OperatorCommand Read(ParseResult parse, OperatorVerb verb, string incident) => new(
        verb,
        incident,
        parse.GetValue(common.By) ?? terminal(parse).Outside.Environment("USER") ?? "unknown",
        verb is OperatorVerb.Stop || Lasts(verb) ? parse.GetValue(Reason) : parse.GetValue(Why),
        verb is OperatorVerb.Undo && parse.GetValue(Force))
    {
        Until = Lasts(verb) ? OrderCommands.ReadUntil(parse.GetValue(Until), terminal(parse)) : null,
    };

    /// <summary>Whether what it says is in force until a time, and may be about what no incident is open for.</summary>
    public static bool Lasts(OperatorVerb verb) => verb is OperatorVerb.Hold or OperatorVerb.Exempt;
}
