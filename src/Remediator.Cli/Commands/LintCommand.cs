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
            var (playbooks, policy) = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy)).Files();
            var given = parse.GetValue(files) ?? [];
            var problems = Linting.Check(playbooks, policy, given, at.Outside.Clock);
            Show(at, given.Length > 0 ? given.Length : PlaybookLibrary.Names(playbooks).Length + 1, problems);
            return problems.All(p => p.IsWarning) ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    private static void Show(Terminal at, int files, IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
        {
            at.Screen.Line(problem.ToString(), problem.IsWarning ? Tone.Warning : Tone.Bad);
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
                w.WriteString("severity", p.IsWarning ? "warning" : "error");
                w.WriteString("code", p.Code);
                w.WriteString("message", p.Message);
            });
        });
    }
}
