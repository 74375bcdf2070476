using System.CommandLine;
using Remediator.Cli.Lint;
using Remediator.Cli.Output;
using Remediator.Playbooks;

namespace Remediator.Cli.Commands;

/// <summary><c>lint</c>: every problem of playbooks and policy at once.</summary>
internal static class LintCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var files = new Argument<string[]>("FILES") { Description = "Playbooks and policies; without any, the whole folder of playbooks and the policy.", Arity = ArgumentArity.ZeroOrMore };
        var command = new TaughtCommand("lint", "Checks playbooks and policies before they are deployed; lists every problem with its place.", """
            remediator lint
            remediator lint playbooks/s3/bucket-versioning.yaml policy.yaml
            remediator lint --json | jq -r '.problems[] | "\(.file):\(.line) \(.message)"'
            """)
        {
            files, common.Playbooks, common.Policy,
        };
        command.SetAction(parse =>
        {
            var at = terminal(parse);
            var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
            var given = parse.GetValue(files) is { Length: > 0 } named ? named : All(settings);
            var problems = Linting.Check(given);
            Show(at, given.Count, problems);
            return problems is [] ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    private static IReadOnlyList<string> All(CliSettings settings)
    {
        var (playbooks, policy) = settings.Files();
        return [.. PlaybookLibrary.Names(playbooks).Select(name => Path.Combine(playbooks, $"{name}.yaml")), policy];
    }

    private static void Show(Terminal at, int files, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            at.Screen.Line(problem.ToString(), Tone.Bad);
        }

        at.Screen.Line($"{files} files, {problems.Count} problems.", problems is [] ? Tone.Good : Tone.Bad);
        at.Json(w =>
        {
            w.WriteNumber("files", files);
            w.List("problems", problems, p =>
            {
                w.WriteString("file", p.At.File);
                w.WriteNumber("line", p.At.Line);
                w.WriteNumber("column", p.At.Column);
                w.WriteString("code", p.Code);
                w.WriteString("message", p.Message);
            });
        });
    }
}
