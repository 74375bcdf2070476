using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Template;

[Collection(OnTheEmulator.Name)]
public sealed class DeployedStackTests(EmulatorFixture fixture) : IDisposable
{
    private readonly EmulatorCalls calls = new(fixture.Emulator);

    private string Queue => fixture.Deployment.Resources["ComplianceQueue"];

    [Theory]
    [InlineData("NON_COMPLIANT")]
    [InlineData("COMPLIANT")]
    [InlineData("NOT_APPLICABLE")]
    public async Task A_change_of_compliance_reaches_the_queue_as_EventBridge_made_it(string compliance)
    {
        await calls.DrainAsync(Queue);
        var change = Change(compliance);

        await calls.PutEventAsync(change);

        var body = JsonNode.Parse(Assert.Single(await calls.DrainAsync(Queue)))!;
        Assert.Equal("aws.config", body["source"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(change["detail"], body["detail"]));
        Assert.Equal(TemplateDeployer.Account, body["account"]!.GetValue<string>());
    }

    [Fact]
    public async Task Event_of_the_command_doctor_takes_the_path_of_a_compliance_change()
    {
        await calls.DrainAsync(Queue);

        await calls.PutEventAsync(Change("NOT_APPLICABLE", change => change["source"] = Received.ProbeSource));

        var body = Assert.Single(await calls.DrainAsync(Queue));
        Assert.IsType<Received.Probe>(EventReader.Read(System.Text.Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Other_events_do_not_reach_the_queue()
    {
        await calls.DrainAsync(Queue);

        await calls.PutEventAsync(Change("INSUFFICIENT_DATA"));
        await calls.PutEventAsync(Change("NON_COMPLIANT", change => change["source"] = "custom.config"));
        await calls.PutEventAsync(Change("NON_COMPLIANT", change => change["detail-type"] = "Config Rules Re-evaluation Status"));
        await calls.PutEventAsync(
            Change("NON_COMPLIANT", change => change["detail"]!["messageType"] = "ConfigurationItemChangeNotification"));

        Assert.Empty(await calls.DrainAsync(Queue));
    }

    [Fact]
    public async Task What_a_member_account_reports_reaches_the_queue_by_its_rule_and_the_bus()
    {
        const string member = "222222222222";
        await calls.DrainAsync(Queue);
        string[] parameters =
        [
            $"TrustedAccountId={TemplateDeployer.Account}",
            $"TrustedRoleArns=arn:aws:iam::{TemplateDeployer.Account}:role/remediator",
            $"CentralBusArn={fixture.Deployment.Outputs["MemberBusArn"]}",
            $"HomeRegion={TemplateDeployer.Region}",
            "ExternalId=some-external-id",
        ];
        await Python.RunAsync(
            fixture.Emulator.Python,
            [
                Repository.At("tools", "deploy_template.py"), Repository.At("deploy", "member.yaml"),
                "--endpoint", fixture.Emulator.Url.GetLeftPart(UriPartial.Authority), "--region", TemplateDeployer.Region,
                "--stack", "remediator-member", "--account", member, .. parameters.SelectMany(p => new[] { "--parameter", p }),
            ],
            progress: null,
            CancellationToken.None);
        var change = Change("NON_COMPLIANT", change => change["detail"]!["awsAccountId"] = member);

        await calls.PutEventAsync(change, await calls.EnterAsync(member));

        var body = JsonNode.Parse(Assert.Single(await calls.DrainAsync(Queue)))!;
        Assert.True(JsonNode.DeepEquals(change["detail"], body["detail"]));
        var sent = Change("NOT_APPLICABLE", change => change["source"] = Received.ProbeSource);
        await calls.PutEventAsync(sent, await calls.EnterAsync(member));
        var probe = Assert.Single(await calls.DrainAsync(Queue));
        Assert.IsType<Received.Probe>(EventReader.Read(System.Text.Encoding.UTF8.GetBytes(probe), DateTimeOffset.UtcNow));
    }

    [SampleFact]
    public async Task Every_recorded_event_reaches_the_queue()
    {
        var samples = Directory.GetFiles(SampleFactAttribute.Folder!, "*.json");
        await calls.DrainAsync(Queue);

        foreach (var sample in samples)
        {
            await calls.PutEventAsync(JsonNode.Parse(await File.ReadAllTextAsync(sample))!);
        }

        Assert.Equal(samples.Length, (await calls.DrainAsync(Queue)).Length);
    }

    [Theory]
    [InlineData("EscalationTopic")]
    [InlineData("EventsTopic")]
    public async Task A_notice_reaches_who_subscribed(string topic)
    {
        var created = await calls.JsonAsync(
            "sqs", "AmazonSQS.CreateQueue", "1.0", new JsonObject { ["QueueName"] = $"subscriber-of-{topic}" });
        var url = created.GetProperty("QueueUrl").GetString()!;
        var arn = fixture.Deployment.Resources[topic];
        await calls.QueryAsync(
            "sns",
            ("Action", "Subscribe"),
            ("TopicArn", arn),
            ("Protocol", "sqs"),
            ("Endpoint", $"arn:aws:sqs:us-east-1:{TemplateDeployer.Account}:subscriber-of-{topic}"));

        await calls.QueryAsync("sns", ("Action", "Publish"), ("TopicArn", arn), ("Message", "somebody should look"));

        var notice = JsonElement.Parse(Assert.Single(await calls.DrainAsync(url)));
        Assert.Equal("somebody should look", notice.GetProperty("Message").GetString());
    }

    [Fact]
    public void Each_function_has_the_settings_of_all_resources()
    {
        Assert.Equal(["OperateFunction", "RemediateFunction", "SweepFunction"], fixture.Deployment.Environments.Keys.Order());
        Assert.All(fixture.Deployment.Environments.Values, environment =>
        {
            // Lambda itself sets the region.
            var settings = Function.Settings.Read(name => name is "AWS_REGION" ? "us-east-1" : environment.GetValueOrDefault(name));
            Assert.Equal(fixture.Deployment.Resources["Journal"], settings.Service.JournalTable);
            Assert.Equal(fixture.Deployment.Resources["EscalationTopic"], settings.Service.EscalationTopicArn);
            Assert.Equal(fixture.Deployment.Resources["EventsTopic"], settings.Service.EventsTopicArn);
            Assert.Equal(Queue, settings.Service.QueueUrl);
            Assert.Equal("RemediatorMember", settings.Service.MemberRole);
        });
    }

    public void Dispose() => calls.Dispose();

    private static JsonNode Change(string compliance, Action<JsonNode>? alter = null)
    {
        var change = JsonNode.Parse($$"""
            {
              "version": "0", "id": "0b0c6ad4-3f6a-4b5e-9a51-6f0b1f2c3d4e", "detail-type": "Config Rules Compliance Change",
               "source": "aws.config",
              "account": "123456789012", "time": "2026-10-02T07:03:47Z", "region": "us-east-1", "resources": [],
              "detail": {
                "resourceId": "a-bucket", "resourceType": "AWS::S3::Bucket", "awsRegion": "us-east-1", "awsAccountId": "123456789012",
                "configRuleName": "s3-bucket-level-public-access-prohibited", "recordVersion": "1.0",
                "configRuleARN": "arn:aws:config:us-east-1:123456789012:config-rule/config-rule-abc123",
                "messageType": "ComplianceChangeNotification", "notificationCreationTime": "2026-10-02T07:03:47.488Z",
                "newEvaluationResult": {
                  "complianceType": "{{compliance}}", "resultRecordedTime": "2026-10-02T07:03:46.945Z",
                  "configRuleInvokedTime": "2026-10-02T07:03:45.230Z", "annotation": "\nžluťoučký",
                  "evaluationResultIdentifier": {
                    "orderingTimestamp": "2026-10-02T07:03:08.000Z",
                    "evaluationResultQualifier": {
                      "configRuleName": "s3-bucket-level-public-access-prohibited", "resourceType": "AWS::S3::Bucket",
                       "resourceId": "a-bucket"
                    }
                  }
                }
              }
            }
            """)!;
        alter?.Invoke(change);
        return change;
    }
}
