using System.CommandLine;
using Remediator.Aws;
using Remediator.Cli.Lint;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>lint</c>: every problem of playbooks and policy at once.</summary>
internal static class LintCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "Playbooks and policies; without any, the whole folder of playbooks and the policy.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new TaughtCommand(
            "lint",
            "Checks playbooks and policies before they are deployed; lists every problem with its place.",
            """
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
            var (playbooks, policy) = settings.WorkingFiles();
            var given = parse.GetValue(files) ?? [];
            var problems = Linting.Check(playbooks, policy, given, at.Outside.Clock);
            var all = PlaybookLibrary.Names(playbooks).Length + PlaybookLibrary.GuideNames(playbooks).Length + 1;
            Show(at, given is [] ? all : given.Length, problems);
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

        var errors = problems.Count(p => !p.IsWarning);
        at.Screen.Line($"{files} files, {errors} errors, {problems.Count - errors} warnings.", errors == 0 ? Tone.Good : Tone.Bad);
        if (problems is not [])
        {
            at.Screen.Line("docs/lint.md explains each code.", Tone.Quiet);
        }

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
