using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SQS;
using Remediator.Cli.Demo;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary><c>remediator gameday --deployed</c> with the published function behind the queue of the template's stack.</summary>
[Trait("Category", "Emulator")]
public sealed class GameDayOnADeploymentTests(EmulatorFixture on) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly CommandRun _cli = new(on);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Deployed_function_fixes_the_bucket_and_closes_its_incident()
    {
        var policy = await _cli.FileAsync("deployed.yaml", "auto-up-to: [none, brief, cost]\ndefaults: {mode: auto, owner: shop}\n");
        var environment = FunctionEnvironment.Of(on.Deployment, "RemediateFunction", on.Emulator.Url.AbsoluteUri, policy);
        await using var function = FunctionProcess.Start(await PublishedFunction.NativeAsync(), environment);
        _cli.Environment["REMEDIATOR_QUEUE_URL"] = on.Deployment.Resources["ComplianceQueue"];
        await _cli.CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new JsonObject
            {
                ["ConfigRuleName"] = "versioning",
                ["Source"] = new JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = "S3_BUCKET_VERSIONING_ENABLED" },
            },
        });

        var ran = await WithFunctionAsync(function, () => _cli.RunAsync("gameday", "--yes", "--json", "--deployed"));

        Assert.True(ran.ExitCode == 0, ran.Out + ran.Error + string.Join('\n', function.Output));
        var answer = ran.Json.Member("steps").EnumerateArray().Single(s => s.TextOf("step") is "deployed-answer").TextOf("says")!;
        Assert.Contains("fixed by the deployed service", answer, StringComparison.Ordinal);
        var shown = await _cli.RunAsync("show", answer.Split(' ')[1].TrimEnd(':'), "--json");
        Assert.Equal("Closed", shown.Json.TextOf("state"));
    }

    /// <summary>Delivers what is on the queue for as long as the command runs, and what it leaves there.</summary>
    private async Task<Ran> WithFunctionAsync(FunctionProcess function, Func<Task<Ran>> command)
    {
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("testing", "testing"),
            new AmazonSQSConfig { ServiceURL = on.Emulator.Url.AbsoluteUri, AuthenticationRegion = TemplateDeployer.Region });
        var mapping = new EventSourceMapping(sqs, on.Deployment.Resources["ComplianceQueue"], function);
        var running = command();
        do
        {
            await mapping.RunAsync(CancellationToken.None);
        }
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(200))) != running);
        await mapping.RunAsync(CancellationToken.None);
        return await running;
    }
}
