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
        var command = new TaughtCommand(
            "demo", "Deploys the template on an emulator, drifts some resources and shows how they are put right. No AWS account is touched.", """
            remediator demo
            remediator demo --json
            """);
        command.SetAction((parse, ct) => RunAsync(terminal(parse), ct));
        return command;
    }

    private static async Task<int> RunAsync(Terminal at, CancellationToken ct)
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
        at.Json(w => DemoJson.Write(w, binary, run, checks));
        return checks.AllHold ? ExitCodes.Done : ExitCodes.Problems;
    }

    private static void Introduce(Screen screen, Deployment deployment, FunctionBinary binary)
    {
        screen.Line("Remediator at work on an emulator of AWS. No AWS account is touched.", Tone.Heading);
        screen.Field("deployed", $"the {deployment.Resources.Count} resources of template.yaml that the emulator knows");
        screen.Field("function", $"the published executable ({binary.Kind}), driven over the Lambda Runtime API");
        screen.Field("path", "AWS Config event -> EventBridge rule -> SQS queue -> function -> AWS APIs, DynamoDB journal, SNS topics");
    }
}
