using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Remediator.Cli.Output;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary>All commands; a new one is one file and one line here.</summary>
internal static class CommandLine
{
    private const string Examples = """
        remediator demo                                 see it work on this machine, without an AWS account
        remediator coverage                             which of the account's rules would be answered, and how?
        remediator replay event.json --mode observe     what would be done about this event?
        remediator use --stack remediator               take the settings of a deployed stack
        remediator doctor                               is it ready? run it before changes are turned on
        remediator incidents                            what is noncompliant, and in which state?
        remediator problems                             which incidents have one cause?
        remediator report --since 30d --by team         what became of findings, in totals
        remediator show 01AB-CD2E-3F4G                  what happened, what was changed
        remediator undo 01AB-CD2E-3F4G                  put it back as it was
        remediator stop --why 'release weekend'         no changes from now on
        """;

    public static Command Build(Outside outside)
    {
        var common = new CommonOptions();
        var help = new HelpOption();
        help.Action = new TeachingHelp((HelpAction)help.Action!, Examples);
        // Not a RootCommand, which would take the assembly's name.
        var root = new Command(
            "remediator", "Remediates AWS resources that AWS Config finds noncompliant, verifies the result, and can undo it.")
        {
            common.Json, help, new VersionOption { Action = new VersionAction() },
        };
        root.Add(DemoCommand.Build(Terminal));
        root.Add(ReplayCommand.Build(common, Terminal));
        root.Add(IncidentsCommand.Build(Terminal));
        root.Add(ShowCommand.Build(common, Terminal));
        root.Add(ReviewCommand.Build(common, Terminal));
        root.Add(ProblemsCommand.Build(Terminal));
        root.Add(ReportCommand.Build(Terminal));
        root.Add(PlanCommand.Build(common, Terminal));
        root.Add(HistoryCommand.Build(common, Terminal));
        root.Add(RollbackCommand.Build(common, Terminal));
        foreach (var command in new OperatorCommands(common, Terminal).Build())
        {
            root.Add(command);
        }

        foreach (var command in new OrderCommands(common, Terminal).Build())
        {
            root.Add(command);
        }

        root.Add(RolloutsCommand.Build(common, Terminal));
        root.Add(SweepCommand.Build(common, Terminal));
        root.Add(ExplainCommand.Build(common, Terminal));
        root.Add(LintCommand.Build(common, Terminal));
        root.Add(CatalogCommand.Build(common, Terminal));
        root.Add(CoverageCommand.Build(common, Terminal));
        root.Add(GenerateCommand.Build(Terminal));
        root.Add(NewCommand.Build(common, Terminal));
        root.Add(TestCommand.Build(common, Terminal));
        root.Add(GameDayCommand.Build(common, Terminal));
        root.Add(AccountsCommand.Build(common, Terminal));
        root.Add(UseCommand.Build(Terminal));
        root.Add(DoctorCommand.Build(common, Terminal));
        foreach (var command in CompletionCommand.Build(() => Build(outside), Terminal))
        {
            root.Add(command);
        }

        return root;

        Terminal Terminal(ParseResult parse) => new(outside, parse.GetValue(common.Json));
    }

    /// <summary>The words that name a command, the program's first.</summary>
    public static IEnumerable<string> PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? [.. PathOf(parent), result.Command.Name] : ["remediator"];
}
