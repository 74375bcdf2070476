using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>
/// The command as a person starts it: a process with an environment, here with the emulator and the template's stack on it.
/// </summary>
internal sealed class CommandRun : IDisposable
{
    private readonly AwsClient _aws;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public CommandRun(EmulatorFixture on)
    {
        _aws = new(
            new BasicAWSCredentials("testing", "testing"),
            TemplateDeployer.Region,
            new() { Endpoints = AwsEndpointSettings.At(on.Emulator.Url) });
        Environment = new()
        {
            ["AWS_ENDPOINT_URL"] = on.Emulator.Url.AbsoluteUri,
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_REGION"] = TemplateDeployer.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["REMEDIATOR_JOURNAL_TABLE"] = on.Deployment.Resources["Journal"],
            ["REMEDIATOR_JOURNAL_KEY"] = on.Deployment.Resources["JournalKey"],
            ["REMEDIATOR_ESCALATION_TOPIC_ARN"] = on.Deployment.Resources["EscalationTopic"],
            ["REMEDIATOR_ACCOUNT_ID"] = null,
        };
    }

    /// <summary>Added to the tests' environment; null removes a variable.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>Where commands are run.</summary>
    public string Folder => _folder.FullName;

    public Task<JsonElement> CallAsync(string operation, JsonObject input) => _aws.SendAsync(operation, input, CancellationToken.None);

    /// <summary>Creates a bucket and a rule that reports it, and a file with the event.</summary>
    public async Task<(string Bucket, string Event)> BucketAsync()
    {
        var bucket = $"cli-{Guid.NewGuid():N}";
        await CallAsync("s3:CreateBucket", new() { ["Bucket"] = bucket });
        await CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new JsonObject
            {
                ["ConfigRuleName"] = bucket,
                ["Source"] = new JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" },
            },
        });
        var rules = await CallAsync("config:DescribeConfigRules", new() { ["ConfigRuleNames"] = new JsonArray(bucket) });
        var rule = new RuleRef(bucket, rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        var resource = new ResourceKey(TemplateDeployer.Account, TemplateDeployer.Region, "AWS::S3::Bucket", bucket);
        return (bucket, await FileAsync("event.json", Testing.Some.Event(Testing.Some.Change(rule, resource))));
    }

    /// <summary>The bucket's current value; null if nothing is set.</summary>
    public Task<JsonElement> BlockAsync(string bucket) =>
        Remediator.Cli.Demo.Drifts.PublicBucket.BlockAsync(_aws, bucket, CancellationToken.None);

    public async Task<string> FileAsync(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunAsync(Folder, Environment, arguments);

    public static async Task<Ran> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Remediator.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new(process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        _aws.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The result of a run.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    /// <summary>The one object that --json promises: an additional line or other text fails here.</summary>
    public JsonElement Json => Out.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) || Out.Length == 0
        ? throw new InvalidOperationException($"Exit {ExitCode}, no JSON object of one line: {Out}{Error}")
        : JsonElement.Parse(Out);

    public (int ExitCode, string? Outcome) End => (ExitCode, Json.TextOf("outcome"));
}
