using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Cli.Cases;
using Remediator.Cli.Output;
using Remediator.Emulator.Cases;

namespace Remediator.Cli.Commands;

/// <summary><c>test</c>: a playbook's cases on the emulator.</summary>
internal static class TestCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var playbook = new Argument<string>("PLAYBOOK") { Description = "A playbook's file, or its name as in s3/bucket-versioning." };
        var cases = new Option<string[]>("--case")
        {
            Description = "Run these cases; otherwise those beside the playbook, as in NAME.case.yaml.",
            HelpName = "FILE",
        };
        var command = new TaughtCommand(
            "test",
            "Runs a playbook's cases on an emulator: drift, fix, read back, a second event without a call, undo, neighbours untouched. "
            + "No AWS account is touched.",
            """
            remediator test s3/bucket-versioning
            remediator test playbooks/rds/our-rule.yaml      with its cases in our-rule.case.yaml and our-rule.*.case.yaml
            remediator test our-rule.yaml --case other.yaml
            remediator test s3/bucket-versioning --json | jq '.cases[].steps[] | select(.holds | not)'
            """)
        {
            playbook, cases, common.Playbooks,
        };
        command.SetAction((parse, ct) =>
        {
            var at = terminal(parse);
            var folder = new CliSettings(at.Outside, parse.GetValue(common.Playbooks)).WorkingFiles().Playbooks;
            return RunAsync(at, parse.GetValue(playbook)!, parse.GetValue(cases) ?? [], folder, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal at, string given, string[] cases, string folder, CancellationToken ct)
    {
        using var tested = TestedPlaybook.Find(given, cases, folder);
        at.Progress("starting the emulator");
        await using var emulator = await CaseEmulator.StartAsync(_ => ImmutableDictionary<string, Uri>.Empty, ct);
        var results = ImmutableArray.CreateBuilder<CaseResult>();
        foreach (var one in tested.Cases)
        {
            foreach (var rule in one.Rules)
            {
                at.Progress($"case {results.Count + 1} of {tested.Cases.Sum(c => c.Rules.Length)}: {one.Name}, rule {rule}");
                results.Add(await CaseRun.RunAsync(one, rule, emulator, tested.Folder, ct));
                CaseText.Show(at.Screen, results[^1]);
            }
        }

        var otherwise = await Otherwise.OfAsync(tested, emulator.Moto.Layer, ct);
        CaseText.Show(at.Screen, otherwise);
        var held = results.Count(r => r.Holds);
        at.Screen.Line();
        at.Screen.Line($"{held} of {results.Count} cases of {tested.Playbook.Name} hold.", held == results.Count ? Tone.Good : Tone.Bad);
        at.Json(w => CaseJson.Write(w, tested.Playbook, results.ToImmutable(), otherwise));
        return held == results.Count ? ExitCodes.Done : ExitCodes.Problems;
    }
}
