using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Remediator.Cli.Demo;
using Remediator.Cli.Output;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>demo</c>: the whole service at work on this machine.</summary>
internal static class DemoCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var keep = new Option<bool>("--keep")
        {
            Description = "Leave the emulator running until Ctrl-C, and print the environment in which every command works on it.",
        };
        var command = new TaughtCommand(
            "demo",
            "Deploys the template on an emulator, lets some resources drift and shows how they are remediated. No AWS account is used.",
            """
            remediator demo
            remediator demo --keep     leaves it running: every command can be tried on it
            remediator demo --json
            """)
        {
            keep,
        };
        command.SetAction((parse, ct) => RunAsync(terminal(parse), parse.GetValue(keep), ct));
        return command;
    }

    private static async Task<int> RunAsync(Terminal at, bool keeps, CancellationToken ct)
    {
        using var policy = new DemoPolicy();
        at.Progress("starting the emulator");
        await using var emulator = await MotoEmulator.StartAsync(ct);
        var binary = await FunctionBinary.PublishAsync(at, ct);
        var watch = Stopwatch.StartNew();
        at.Progress("deploying template.yaml on the emulator");
        var deployment = await TemplateDeployer.DeployAsync(emulator, new Dictionary<string, string> { ["EnvironmentName"] = "demo" }, ct);
        await using var world = new DemoWorld(emulator, deployment, binary, policy.File);
        Introduce(at.Screen, deployment, binary);
        var checks = new Proofs(at.Screen);
        var run = new DemoRun(at, world, checks);
        await run.RunAsync(ct);
        at.Screen.Line();
        at.Screen.Line(
            $"{checks.All.Count(c => c.Holds)} of {checks.All.Count} checks hold, after {watch.Elapsed.TotalSeconds:0.0} s.",
            checks.AllHold ? Tone.Good : Tone.Bad);
        var environment = keeps ? KeptDemo.Environment(deployment, emulator, policy.File) : ImmutableSortedDictionary<string, string>.Empty;
        at.Json(w => DemoJson.Write(w, binary, run, checks, environment));
        at.Screen.Line();
        if (keeps)
        {
            await KeptDemo.WaitAsync(at, environment, run.Incidents[0].Incident.Id, ct);
        }
        else
        {
            Next(at.Screen);
        }

        return checks.AllHold ? ExitCodes.Done : ExitCodes.Problems;
    }

    private static void Next(Screen screen)
    {
        screen.Line("What to try next", Tone.Heading);
        screen.Facts(
            ("on it", "remediator demo --keep            the same, left running: incidents, show, plan, undo and approve work on it"),
            ("a rule", "remediator catalog s3-bucket      what is done about a rule of AWS Config"),
            ("a policy", "remediator lint policy.yaml       what this deployment may do; docs/policy.md has every word"),
            ("deploy", "sam build && sam deploy --guided   in mode observe: nothing is changed; docs/operating.md goes on from there"));
    }

    private static void Introduce(Screen screen, Deployment deployment, FunctionBinary binary)
    {
        screen.Line("Remediator at work on an emulator of AWS. No AWS account is touched.", Tone.Heading);
        screen.Field("deployed", $"the {deployment.Resources.Count} resources of template.yaml that the emulator knows");
        screen.Field("function", $"the published executable ({binary.Kind}), driven over the Lambda Runtime API");
        screen.Field("path", "AWS Config event -> EventBridge rule -> SQS queue -> function -> AWS APIs, DynamoDB journal, SNS topics");
    }
}
