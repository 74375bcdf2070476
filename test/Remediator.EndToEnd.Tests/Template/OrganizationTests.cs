using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator.Cases;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>
/// The guide for other accounts, followed as far as the emulator goes: two accounts, two regions each, from a member's event to the change
/// in that account by its role. The emulator does not ask the bus's policy, nor the trust of roles.
/// </summary>
[Collection(Emulation.OnTheEmulator.Name)]
public sealed class OrganizationTests(EmulatorFixture fixture) : IDisposable
{
    private static readonly string[] Members = ["444444444444", "555555555555"];
    private static readonly string[] Regions = [TemplateDeployer.Region, "eu-west-1"];

    private readonly EmulatorCalls calls = new(fixture.Emulator);

    public void Dispose() => calls.Dispose();

    [Fact]
    public async Task Finding_of_a_member_account_is_put_right_there_by_its_role()
    {
        var queue = fixture.Deployment.Resources["ComplianceQueue"];
        await calls.DrainAsync(queue);
        using var accounts = Accounts();
        foreach (var (member, region) in Places())
        {
            await DeployAsync(member, region);
        }

        // A second time, in the second region, the roles could not be made: they bear names.
        foreach (var member in Members)
        {
            var role = await CallAsync(accounts.For(member, Regions[1]), "iam:GetRole", """{"RoleName":"RemediatorMember"}""");
            Assert.Equal($"arn:aws:iam::{member}:role/RemediatorMember", role.Member("Role").TextOf("Arn"));
        }

        var service = Service();
        foreach (var (member, region) in Places())
        {
            var aws = accounts.For(member, region);
            var (bucket, change) = await FindingAsync(aws, member, region);
            var sent = JsonNode.Parse(Some.Event(change))!;
            await PutAsync(aws, "aws.config", sent["detail-type"]!.GetValue<string>(), sent["detail"]!.ToJsonString());

            var received = Assert.IsType<Received.Change>(await ForwardedAsync(member, region));
            var outcome = await service.Pipeline.RunAsync(received.Of, CancellationToken.None);

            var incident = Assert.IsType<Outcome.Fixed>(outcome).Incident;
            Assert.Equal((member, region), (incident.Resource.Account, incident.Region));
            Assert.Contains(
                incident.Entries, e => e.What.EndsWith(", with credentials for the plan's calls alone", StringComparison.Ordinal));
            var block = await CallAsync(aws, "s3:GetPublicAccessBlock", $$"""{"Bucket":"{{bucket}}"}""");
            Assert.True(block.Member("PublicAccessBlockConfiguration").Member("BlockPublicAcls").GetBoolean());
        }
    }

    [Fact]
    public async Task Alarm_of_a_member_account_reaches_the_queue_and_one_that_does_not_ring_stays_there()
    {
        var (member, region) = ("666666666666", TemplateDeployer.Region);
        await calls.DrainAsync(fixture.Deployment.Resources["ComplianceQueue"]);
        using var accounts = Accounts();
        await DeployAsync(member, region);
        var aws = accounts.For(member, region);

        foreach (var state in new[] { "OK", "ALARM" })
        {
            await PutAsync(
                aws, "aws.cloudwatch", "CloudWatch Alarm State Change", $$$"""{"alarmName":"shop-5xx","state":{"value":"{{{state}}}"}}""");
        }

        Assert.Equal(new Received.AlarmRang(member, region, "shop-5xx"), await ForwardedAsync(member, region));
    }

    private static Task<JsonElement> PutAsync(IAws aws, string source, string type, string detail) => aws.CallAsync(
        "events:PutEvents",
        Json.Parse(new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject { ["Source"] = source, ["DetailType"] = type, ["Detail"] = detail }),
        }.ToJsonString()),
        CancellationToken.None);

    /// <summary>The one event that is on the queue, as the function reads it.</summary>
    private async Task<Received> ForwardedAsync(string member, string region)
    {
        // EventBridge keeps account and region of an event that it forwards; what the emulator makes of them is not looked at.
        var body = JsonNode.Parse(Assert.Single(await calls.DrainAsync(fixture.Deployment.Resources["ComplianceQueue"])))!;
        (body["account"], body["region"]) = (member, region);
        return EventReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), DateTimeOffset.UtcNow);
    }

    private static IEnumerable<(string Member, string Region)> Places() => Regions.SelectMany(region => Members.Select(m => (m, region)));

    private static async Task<(string Bucket, ComplianceChange Change)> FindingAsync(IAws aws, string member, string region)
    {
        var bucket = $"member-{Guid.NewGuid():N}";
        await CallAsync(aws, "s3:CreateBucket", region == Regions[0]
            ? $$"""{"Bucket":"{{bucket}}"}"""
            : $$$"""{"Bucket":"{{{bucket}}}","CreateBucketConfiguration":{"LocationConstraint":"{{{region}}}"}}""");
        await CallAsync(aws, "config:PutConfigRule", $$$$"""
            {"ConfigRule":{"ConfigRuleName":"{{{{bucket}}}}","Source":{"Owner":"AWS",
             "SourceIdentifier":"S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"}}}
            """);
        var rules = await CallAsync(aws, "config:DescribeConfigRules", $$"""{"ConfigRuleNames":["{{bucket}}"]}""");
        var rule = new RuleRef(bucket, rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        return (bucket, Some.Change(rule, new(member, region, "AWS::S3::Bucket", bucket), DateTimeOffset.UtcNow));
    }

    private static Task<JsonElement> CallAsync(IAws aws, string operation, string input) =>
        aws.CallAsync(operation, Json.Parse(input), CancellationToken.None);

    private Task<string> DeployAsync(string member, string region)
    {
        string[] parameters =
        [
            $"TrustedAccountId={TemplateDeployer.Account}",
            $"TrustedRoleArns={fixture.Deployment.Outputs["RoleArns"]}",
            $"CentralBusArn={fixture.Deployment.Outputs["MemberBusArn"]}",
            $"HomeRegion={Regions[0]}",
            "ExternalId=some-external-id",
        ];
        return Python.RunAsync(
            fixture.Emulator.Python,
            [
                Repository.At("tools", "deploy_template.py"), Repository.At("deploy", "member.yaml"),
                "--endpoint", fixture.Emulator.Url.GetLeftPart(UriPartial.Authority), "--region", region,
                "--stack", "remediator-organization", "--account", member, .. parameters.SelectMany(p => new[] { "--parameter", p }),
            ],
            progress: null,
            CancellationToken.None);
    }

    private AwsAccounts Accounts()
    {
        var own = new BasicAWSCredentials("testing", "testing");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(fixture.Emulator.Url) };
        return new(
            own,
            new AccountAccess(TemplateDeployer.Account, "owner", new("owner")),
            new StsCredentialsSource(own, TemplateDeployer.Region, options),
            options);
    }

    /// <summary>The service in this process, with what the stack tells its functions.</summary>
    private Composition Service()
    {
        var told = fixture.Deployment.Environments["RemediateFunction"];
        var settings = ServiceSettings.Read(
            new SettingsReader(name => name is "AWS_REGION" ? TemplateDeployer.Region : told.GetValueOrDefault(name)),
            AppContext.BaseDirectory);
        var own = new BasicAWSCredentials("testing", "testing");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(fixture.Emulator.Url) };
        var accounts = AwsFoundation.Accounts(settings, own, options);
        var ec2 = new SdkEc2((account, region) => new AmazonEC2Client(
            accounts.CredentialsFor(account, region),
            new AmazonEC2Config { ServiceURL = fixture.Emulator.Url.AbsoluteUri, AuthenticationRegion = region }));
        var foundation = new Foundation(
            accounts,
            new MemoryJournal(TimeProvider.System, TimeSpan.FromMinutes(5)),
            new SnsPublisher(accounts.For(settings.AccountId, settings.Region)),
            new AwsConfigService(accounts, TimeProvider.System),
            new AwsTags(accounts, ec2),
            TimeProvider.System,
            NullLoggerFactory.Instance)
        {
            OwnAccount = settings.AccountId,
        };
        var policy = PolicyReader.Read("policy.yaml", "defaults: {mode: auto, owner: platform, environment: test}");
        return new(foundation, policy, new PlaybookLibrary(PlaybookCases.PlaybookFolder), new(settings.EscalationTopicArn, null));
    }
}
