using System.CommandLine;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary>Options that several commands share. Each command line has its own.</summary>
internal sealed class CommonOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON object to standard output.", Recursive = true };

    public Option<string?> Playbooks { get; } = new("--playbooks")
    {
        Description = "The folder of playbooks; otherwise REMEDIATOR_PLAYBOOKS, or the folder beside the program.",
        HelpName = "DIR",
    };

    public Option<string?> Policy { get; } = new("--policy")
    {
        Description = "The policy file; otherwise REMEDIATOR_POLICY, or the file beside the program.",
        HelpName = "FILE",
    };

    public Option<string?> Function { get; } =
        new("--function")
        {
            Description =
                "Send the command to the deployed Operate function of this name instead of working from here; otherwise the one "
                + "that 'remediator use' keeps.",
            HelpName = "NAME",
        };

    public Option<bool> Local { get; } = new("--local") { Description = "Work from here, although a deployed function is known." };

    public Option<string?> By { get; } = new("--by") { Description = "Who says so, for the journal; otherwise $USER.", HelpName = "NAME" };

    /// <summary>The deployed function that a command goes to; null where it is carried out from here.</summary>
    public string? FunctionOf(ParseResult parse, Outside outside) => (parse.GetValue(Local), parse.GetValue(Function)) switch
    {
        (true, not null) => throw new UsageException("--local and --function exclude each other."),
        (true, _) => null,
        (_, { } named) => named,
        _ => outside.Environment(CliSettings.FunctionVariable) is { Length: > 0 } kept ? kept : null,
    };

    public Argument<string> Incident { get; } = new("INCIDENT")
    {
        Description = "An incident's id, as notices and 'remediator incidents' show it (01AB-CD2E-3F4G; case and dashes do not matter).",
    };
}
