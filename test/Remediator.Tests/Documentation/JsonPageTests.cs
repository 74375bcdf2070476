using System.Text.Json.Nodes;
using Remediator.Cli;
using Remediator.Cli.Commands;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Tests.Cli;
using Remediator.Values;

namespace Remediator.Tests.Documentation;

/// <summary>docs/json.md documents each command's JSON: every member that is written, and no other.</summary>
public sealed class JsonPageTests : IDisposable
{
    private readonly CliRun cli = new();
    private readonly string home = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void Every_command_has_its_section()
    {
        var outside = new Outside(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System);

        Assert.Equal(CommandLine.Build(outside).Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Order(), JsonPage.Commands.Order());
    }

    [Fact]
    public Task Errors() => HoldsAsync("errors", ["undo"], ["show", "0000-0000-0000"]);

    [Fact]
    public async Task Incidents()
    {
        await FixedAsync("orders");
        await cli.RunAsync("stop", "--why", "release");
        await HoldsAsync("incidents", ["incidents"], ["incidents", "--state", "all"]);
    }

    [Fact]
    public async Task Show() =>
        await HoldsAsync("show", ["show", await FixedAsync("orders"), "--values"], ["show", await FixedAsync("invoices")]);

    [Fact]
    public async Task What_people_tell_the_service()
    {
        var (one, other) = (await FixedAsync("orders"), await FixedAsync("invoices"));
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "orders",
            ["PublicAccessBlockConfiguration"] = new JsonObject { ["BlockPublicAcls"] = true },
        });
        await HoldsAsync("undo", ["undo", one], ["undo", one, other, "0000-0000-0000", "--yes"], ["stop", "--why", "release"], ["start"]);
    }

    [Fact]
    public async Task Orders()
    {
        await cli.RunAsync("exempt", "--match", "resource=logs", "--until", "30d", "--why", "public");
        await cli.RunAsync("pause", "--rule", "some-rule", "--why", "noise");
        await cli.RunAsync("resume", "--rule", "some-rule");
        await HoldsAsync("orders", onlyWritten: true, ["orders"], ["orders", "--ended"]);
    }

    [Fact]
    public async Task Rollouts()
    {
        var policy = await RisingPolicyAsync();
        await HoldsAsync("rollouts", onlyWritten: true, ["rollouts"]);
        await HoldRolloutAsync(policy);
        await HoldsAsync("rollouts", onlyWritten: true, ["rollouts"]);
    }

    private async Task<string> RisingPolicyAsync()
    {
        var policy = Path.Combine(home, "policy.yaml");
        await File.WriteAllTextAsync(policy, "defaults: {mode: auto, rollout: {start: 5%, over: 14d}}");
        return cli.Environment["REMEDIATOR_POLICY"] = policy;
    }

    private async Task HoldRolloutAsync(string policy)
    {
        await cli.RunAsync("sweep");
        var id = PolicyRollout.Of(PolicyReader.Read("policy.yaml", await File.ReadAllTextAsync(policy)))[0].Id;
        await cli.RunAsync("pause", "--rollout", id, "--why", "release");
    }

    [Fact]
    public async Task Accounts()
    {
        Cli.AccountsTests.Organize(cli.Aws);
        var policy = Path.Combine(home, "policy.yaml");
        await File.WriteAllTextAsync(policy, "accounts:\n  '999999999999': {name: gone}\n");
        await HoldsAsync("accounts", onlyWritten: true, ["accounts", "import", "--value", "CostCenter", "--write", policy]);
    }

    [Fact]
    public async Task What_looks_back()
    {
        await HoldRolloutAsync(await RisingPolicyAsync());
        var one = await FixedAsync("orders");
        await cli.RunAsync("undo", one, "--why", "website");
        await cli.JournaledAsync(Some.Incident(Some.Bucket("logs")) with
        {
            State = IncidentState.Escalated,
            Reason = Reason.NotPermitted,
            Detail = "s3:PutX was refused (AccessDenied): no",
            Course = new() { Reverts = 2, Principal = "arn:aws:iam::1:user/kim", Stack = "web" },
        });
        await cli.JournaledAsync(Some.Incident(Some.Bucket("other")) with
        {
            State = IncidentState.Escalated,
            Reason = Reason.NotPermitted,
            Detail = "s3:PutX was refused (AccessDenied): no",
        });
        await HoldsAsync("report", ["report"], ["report", "--rebuild"]);
        await HoldsAsync("problems", ["problems", "--least", "2"]);
        await HoldsAsync("review", ["review", one]);
    }

    [Fact]
    public async Task Plan()
    {
        await cli.ReplayAsync(await cli.BucketEventAsync("orders"));
        await HoldsAsync("plan", ["plan"]);
    }

    [Fact]
    public async Task Replay()
    {
        cli.Input = await cli.BucketEventAsync("orders");
        await HoldsAsync("replay", ["replay", "-", "--mode", "auto"]);
    }

    [Fact]
    public async Task History()
    {
        await FixedAsync("orders");
        cli.Aws.Config.Record(
            Json.Parse(
                $$"""
                {"configurationItemCaptureTime":"{{cli.Clock.GetUtcNow().AddMinutes(
                    -5
                ):O}}","configurationItemStatus":"OK","configurationStateId":"1","resourceType":"AWS::Config::ResourceCompliance",
                 "resourceId":"AWS::S3::Bucket/orders",
                  "configuration":"{\"configRuleList\":[{\"configRuleName\":\"our-rule\",\"complianceType\":\"NON_COMPLIANT\"}]}"}
                """
            ));
        await HoldsAsync("history", onlyWritten: true, ["history", "AWS::S3::Bucket", "orders"]);
    }

    [Fact]
    public Task Sweep() => HoldsAsync("sweep", ["sweep"]);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Lint()
    {
        var wrong = Path.Combine(home, "policy.yaml");
        await File.WriteAllTextAsync(wrong, "defaults: {mode: sometimes}");
        await HoldsAsync("lint", ["lint", wrong]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public Task Catalog() => HoldsAsync("catalog", ["catalog"]);

    [Fact]
    public Task Coverage()
    {
        cli.Aws.On("config:DescribeConfigRules", """
            {"ConfigRules":[
             {"ConfigRuleName":"logs","ConfigRuleArn":"a","Source":{"Owner":"AWS","SourceIdentifier":"S3_BUCKET_LOGGING_ENABLED"}},
             {"ConfigRuleName":"root","ConfigRuleArn":"b","Source":{"Owner":"AWS","SourceIdentifier":"ROOT_ACCOUNT_MFA_ENABLED"}}]}
            """);
        return HoldsAsync("coverage", ["coverage"]);
    }

    [Fact]
    public async Task Doctor()
    {
        using var deployment = new Cli.Doctor.HealthyDeployment();
        await HoldsAsync(deployment.Cli, "doctor", onlyWritten: false, ["doctor", "--stack", "remediator", "--probe"]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public Task Generate() => HoldsAsync("generate", onlyWritten: true, ["generate", "--check", "--policy", Repository.At("policy.yaml")]);

    [Fact]
    public Task New() => HoldsAsync("new", ["new", "playbook", "--rule", "our-rule", "--type", "AWS::S3::Bucket"]);

    [Fact]
    public async Task Exercise()
    {
        await cli.CallAsync("s3:CreateBucket", new() { ["Bucket"] = "remediator-exercise-untagged" });
        await HoldsAsync("gameday", ["gameday", "--yes", "--topic", "arn:aws:sns:us-east-1:123456789012:exercise"]);
    }

    [Fact]
    public Task Completion() => HoldsAsync("completion", ["completion", "bash"]);

    [Fact]
    public Task Use()
    {
        cli.Environment["XDG_CONFIG_HOME"] = home;
        cli.Aws.On("cloudformation:DescribeStacks", _ =>
            Json.Parse("""{"Stacks":[{"StackId":"a:b:c:d:123456789012","Outputs":[{"OutputKey":"JournalTable","OutputValue":"j"}]}]}""")
        );
        cli.Aws.On("cloudformation:DescribeStackResources", """{"StackResources":[]}""");
        return HoldsAsync("use", ["use", "--stack", "remediator"], ["use", "--show"]);
    }

    private async Task<string> FixedAsync(string bucket) =>
        (await cli.ReplayAsync(await cli.BucketEventAsync(bucket), "--mode", "auto", "--json")).Json.TextOf("incident")!;

    private Task HoldsAsync(string section, params string[][] runs) => HoldsAsync(section, onlyWritten: false, runs);

    private Task HoldsAsync(string section, bool onlyWritten, params string[][] runs) => HoldsAsync(cli, section, onlyWritten, runs);

    private static async Task HoldsAsync(CliRun cli, string section, bool onlyWritten, params string[][] runs)
    {
        var (page, seen) = (JsonPage.Of(section), new HashSet<string>(StringComparer.Ordinal));
        foreach (var run in runs)
        {
            foreach (var path in JsonPage.Paths((await cli.RunAsync([.. run, "--json"])).Json))
            {
                seen.Add(
                    page.Find(path)
                        ?? throw new Xunit.Sdk.XunitException($"docs/json.md does not say what '{path}' of '{string.Join(' ', run)}' is."));
            }
        }

        Assert.True(
            onlyWritten || page.Promised.All(seen.Contains),
            $"Said of {section}, and not written: {string.Join(", ", page.Promised.Except(seen))}");
    }
}
