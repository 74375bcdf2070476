using System.Text.RegularExpressions;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>
/// docs/tutorial.md as a person goes through it: each command line of the page is run in its order, on the emulator, or is excused.
/// </summary>
[Trait("Category", "Emulator")]
public sealed partial class TutorialTests(EmulatorFixture on, ITestOutputHelper output) : IClassFixture<EmulatorFixture>, IDisposable
{
    private const string Rule = "s3-bucket-level-public-access-prohibited";

    private static readonly Dictionary<string, string> Excused = new(StringComparer.Ordinal)
    {
        ["./remediator demo --keep"] = "DemoTests runs the demo with the published function; here the stack is deployed without it",
        ["sam build"] = "BuildTests builds as SAM does; SAM itself is no part of the tests",
        ["sam deploy --guided"] = "SAM asks AWS; the fixture deploys the same template on the emulator",
        ["sam deploy"] = "the same",
        ["./remediator generate"] = "it writes into the working copy; GeneratorTests compare what it writes",
    };

    private readonly CommandRun _cli = new(on);
    private readonly string _bucket = $"tutorial-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    private string _incident = "";
    private string _plan = "";

    private static string Page { get; } = File.ReadAllText(Repository.At("docs", "tutorial.md"));

    public void Dispose()
    {
        _cli.Dispose();
        _home.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_command_of_the_page_does_what_the_page_says_or_is_excused()
    {
        var lines = Lines().ToList();
        Assert.Empty(Excused.Keys.Except(lines));
        await FixedBeforeAsync();

        foreach (var line in lines)
        {
            if (Excused.TryGetValue(line, out var why))
            {
                output.WriteLine($"not run: {line}: {why}");
                continue;
            }

            await RunAsync(line);
            output.WriteLine($"run: {line}");
            await AfterAsync(line);
        }

        // What the page's last steps leave: the fix was undone, and the next one waits for a person.
        Assert.True((await _cli.BlockAsync(_bucket)).IsNull());
        Assert.Equal("AwaitingApproval", await StateAsync());
    }

    /// <summary>Stands for what the demo fixed before a person looks at it.</summary>
    private async Task FixedBeforeAsync()
    {
        var (_, @event) = await _cli.BucketAsync();
        _incident = (await _cli.RunAsync("replay", @event, "--mode", "auto", "--json")).Json.TextOf("incident")!;
    }

    private async Task RunAsync(string line)
    {
        var command = Filled(line);
        if (command.StartsWith("cp ", StringComparison.Ordinal))
        {
            File.Copy(FileOf(command.Split(' ')[1]), FileOf(command.Split(' ')[2]), overwrite: true);
            return;
        }

        if (command.StartsWith("aws ", StringComparison.Ordinal))
        {
            await AwsAsync(await WithSubstitutionAsync(command));
            return;
        }

        await RemediatorAsync(command);
    }

    /// <summary>What happens outside of the commands before the next one, and what the page says has happened.</summary>
    private async Task AfterAsync(string line)
    {
        switch (line)
        {
            case "./remediator undo --state fixed":
                Assert.Equal("Held", await StateAsync());
                await _cli.FileAsync("new.yaml", Yaml());
                break;
            case var deleted when deleted.Contains("delete-public-access-block", StringComparison.Ordinal):
                _incident = await ReportedAsync();
                Assert.Equal("Observed", await StateAsync());
                break;
            case "cp new.yaml policy.yaml":
                _cli.Environment["REMEDIATOR_POLICY"] = FileOf("policy.yaml");
                break;
            case var retry when retry.StartsWith("./remediator retry", StringComparison.Ordinal):
                Assert.Equal("AwaitingApproval", await StateAsync());
                _plan = (await _cli.RunAsync("show", _incident, "--json")).Json.TextOf("plan")!;
                break;
            case var approve when approve.StartsWith("./remediator approve", StringComparison.Ordinal):
                Assert.Equal("Fixed", await StateAsync());
                Assert.True((await _cli.BlockAsync(_bucket)).Member("BlockPublicAcls").GetBoolean());
                break;
            case "./remediator plan --policy new.yaml --html plan.html":
                Assert.Contains(_bucket, await File.ReadAllTextAsync(FileOf("plan.html")), StringComparison.Ordinal);
                break;
            case var draft when draft.StartsWith("./remediator new playbook", StringComparison.Ordinal):
                Assert.True(File.Exists(FileOf("playbooks/rds/our-rule.case.yaml")));
                break;
            default:
                break;
        }
    }

    /// <summary>Stands for AWS Config, which reports the bucket within minutes; the deployment is in observe.</summary>
    private async Task<string> ReportedAsync()
    {
        await _cli.CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new System.Text.Json.Nodes.JsonObject
            {
                ["ConfigRuleName"] = Rule,
                ["Source"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["Owner"] = "AWS",
                    ["SourceIdentifier"] = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
                },
            },
        });
        var rules = await _cli.CallAsync("config:DescribeConfigRules", []);
        var arn = rules.Member("ConfigRules").EnumerateArray().Single(r => r.TextOf("ConfigRuleName") == Rule).TextOf("ConfigRuleArn")!;
        var resource = new ResourceKey(TemplateDeployer.Account, TemplateDeployer.Region, "AWS::S3::Bucket", _bucket);
        var @event = await _cli.FileAsync("event.json", Some.Event(Some.Change(new(Rule, arn), resource)));
        return (await _cli.RunAsync("replay", @event, "--json")).Json.TextOf("incident")!;
    }

    private async Task RemediatorAsync(string command)
    {
        string[] words = [.. Words().Matches(command).Select(m => m.Value.Trim('\'')).Skip(1)];
        var ran = await _cli.RunAsync(
        [
            .. words,
            // Nobody can be asked here, and the emulator runs no function to send a command to.
            .. words is ["gameday"] or ["undo" or "retry", ['-', ..], ..] ? new[] { "--yes" } : [],
        ]);
        Assert.True(ran.ExitCode == 0, $"{command}: {ran.ExitCode}\n{ran.Out}{ran.Error}");
    }

    /// <summary>With the stack and region of the emulator; and with a home of its own, so that later commands stay local.</summary>
    private string Filled(string line)
    {
        _cli.Environment["XDG_CONFIG_HOME"] = line.Contains("./remediator use", StringComparison.Ordinal) ? _home.FullName : _cli.Folder;
        return line
            .Replace("01AB-CD2E-3F4G", _incident, StringComparison.Ordinal)
            .Replace("0123456789ab", _plan, StringComparison.Ordinal)
            .Replace("\"tutorial-$RANDOM-$RANDOM\"", _bucket, StringComparison.Ordinal)
            .Replace("tutorial-…", _bucket, StringComparison.Ordinal)
            .Replace("--region eu-central-1", $"--region {TemplateDeployer.Region}", StringComparison.Ordinal);
    }

    private async Task<string> WithSubstitutionAsync(string command)
    {
        if (Substitution().Match(command) is not { Success: true } match)
        {
            return command;
        }

        var ran = await _cli.RunAsync([.. match.Groups[1].Value.Split(' ')]);
        var value = match.Groups[2].Value.Split('.').Aggregate(ran.Json, (json, member) => json.Member(member)).GetString();
        return command.Replace(match.Value, value, StringComparison.Ordinal);
    }

    /// <summary>A line of the AWS CLI as a call of its operation: the models know its members.</summary>
    private async Task AwsAsync(string command)
    {
        string[] words = [.. Words().Matches(command).Select(m => m.Value)];
        var operation = $"{words[1].Replace("api", "", StringComparison.Ordinal)}:{Pascal(words[2])}";
        var input = Json.Object(words[3..].Chunk(2).Select(pair => KeyValuePair.Create(MemberOf(pair[0]), Value(pair[1]))));
        // The client of the region that the line names: S3 refuses another one's.
        var region = command.Contains("LocationConstraint=", StringComparison.Ordinal) ? "eu-central-1" : TemplateDeployer.Region;
        using var aws = new AwsClient(
            new BasicAWSCredentials("testing", "testing"), region, new() { Endpoints = AwsEndpointSettings.At(on.Emulator.Url) });
        await aws.CallAsync(operation, input, CancellationToken.None);
    }

    private static string MemberOf(string option) => option is "--notification-endpoint" ? "Endpoint" : Pascal(option[2..]);

    private static System.Text.Json.JsonElement Value(string text) => text.Split('=') is [var member, var value]
        ? Json.Object([KeyValuePair.Create(member, Json.Text(value))])
        : Json.Text(text);

    private static string Pascal(string words) => string.Concat(words.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    private async Task<string?> StateAsync() => (await _cli.RunAsync("show", _incident, "--json")).Json.TextOf("state");

    private string FileOf(string name) => Path.Combine(_cli.Folder, name);

    private static string Yaml() => Blocks("yaml").Single();

    private static IEnumerable<string> Lines() =>
        from block in Blocks("sh")
        from line in block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
        from command in Comment().Replace(line, "").Split("&&", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select Spaces().Replace(command, " ");

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Page).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\\s+#\\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("'[^']*'|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("\"\\$\\(\\./remediator ([^|]+) \\| jq -r \\.([A-Za-z_.]+)\\)\"")]
    private static partial Regex Substitution();
}
