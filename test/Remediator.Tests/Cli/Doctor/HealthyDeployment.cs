using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Emulator;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli.Doctor;

/// <summary>A deployment without faults, with one member account, on a fake AWS. The function that it invokes is the real one.</summary>
internal sealed class HealthyDeployment : IDisposable
{
    public const string Member = "210987654321";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public HealthyDeployment()
    {
        Policy($"backlog: {{accounts: ['{Member}']}}");
        Stack("CREATE_COMPLETE");
        Cli.Aws
            .On("cloudformation:DescribeStackResources", Resources())
            .On("config:DescribeConfigRules", """
                {"ConfigRules":[
                 {"ConfigRuleName":"versions","ConfigRuleArn":"a","Source":{"Owner":"AWS",
                  "SourceIdentifier":"S3_BUCKET_VERSIONING_ENABLED"}},
                 {"ConfigRuleName":"root","ConfigRuleArn":"b","Source":{"Owner":"AWS","SourceIdentifier":"ROOT_ACCOUNT_MFA_ENABLED"}}]}
                """)
            .On("config:DescribeConfigurationRecorders", """
                {"ConfigurationRecorders":[{"name":"default","recordingGroup":{"allSupported":true,"includeGlobalResourceTypes":true}}]}
                """)
            .On("config:DescribeConfigurationRecorderStatus", """
                {"ConfigurationRecordersStatus":[{"name":"default","recording":true,"lastStatus":"SUCCESS"}]}
                """)
            .On("config:DescribeDeliveryChannelStatus", """
                {"DeliveryChannelsStatus":[{"name":"default","configHistoryDeliveryInfo":{"lastStatus":"SUCCESS",
                 "lastSuccessfulTime":"2026-10-02T06:00:00Z"}}]}
                """)
            .On("events:DescribeRule", """{"State":"ENABLED"}""")
            .On("events:ListTargetsByRule", """
                {"Targets":[{"Arn":"arn:aws:sqs:us-east-1:123456789012:changes"},
                 {"Arn":"arn:aws:events:us-east-1:123456789012:event-bus/members"}]}
                """)
            .On("logs:FilterLogEvents", _ => Arrived())
            .On("lambda:ListEventSourceMappings", """
                {"EventSourceMappings":[{"UUID":"some-mapping","State":"Enabled",
                 "FunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:f"}]}
                """)
            .On("lambda:Invoke", Invoke)
            .On("lambda:GetAccountSettings", """
                {"AccountLimit":{"ConcurrentExecutions":1000,"UnreservedConcurrentExecutions":900}}
                """)
            .On("lambda:GetFunctionConcurrency", "{}")
            .On("sqs:GetQueueAttributes", """{"Attributes":{"ApproximateNumberOfMessages":"0"}}""")
            .On("cloudwatch:GetMetricData", """{"MetricDataResults":[{"Id":"age","Values":[12.0,3.0]}]}""")
            .On("cloudwatch:DescribeAlarms", Alarm("OK"))
            .On("iam:SimulatePrincipalPolicy", """
                {"EvaluationResults":[{"EvalActionName":"s3:GetBucketVersioning","EvalDecision":"allowed"}]}
                """)
            .On("dynamodb:DescribeTable", """{"Table":{"TableStatus":"ACTIVE","DeletionProtectionEnabled":true}}""")
            .On("dynamodb:DescribeContinuousBackups", """
                {"ContinuousBackupsDescription":{"PointInTimeRecoveryDescription":{"PointInTimeRecoveryStatus":"ENABLED"}}}
                """)
            .On("dynamodb:DescribeTimeToLive", """{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"expires"}}""")
            .On("kms:DescribeKey", """{"KeyMetadata":{"KeyState":"Enabled"}}""")
            .On("sns:ListSubscriptionsByTopic", """
                {"Subscriptions":[{"SubscriptionArn":"arn:aws:sns:us-east-1:123456789012:t:1","Endpoint":"team@example.com"}]}
                """);
    }

    public CliRun Cli { get; } = new();

    /// <summary>Changes the function's answer before it is returned.</summary>
    public Func<string, string> OnTheWay { get; set; } = answer => answer;

    /// <summary>How far the function's clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>AWS as the function reaches it.</summary>
    public FakeAws FunctionAws { get; } = new FakeAws()
        .On("events:PutEvents", """{"FailedEntryCount":0,"Entries":[{"EventId":"some-id"}]}""")
        .On("sts:GetCallerIdentity", """{"Arn":"arn:aws:sts::123456789012:assumed-role/remediator/f"}""");

    public static string Alarm(string state, string reason = "") => $$$"""
        {"MetricAlarms":[{"AlarmName":"failed","ActionsEnabled":true,"AlarmActions":["arn:topic"],"StateValue":"{{{state}}}",
         "StateReason":"{{{reason}}}"}]}
        """;

    public void Policy(string text)
    {
        var file = Path.Combine(_folder.FullName, "policy.yaml");
        File.WriteAllText(file, text);
        Cli.Environment["REMEDIATOR_POLICY"] = file;
    }

    public void Stack(string status, string parameters = "") => Cli.Aws.On("cloudformation:DescribeStacks", $$"""
        {"Stacks":[{"StackId":"arn:aws:cloudformation:us-east-1:123456789012:stack/remediator/1","StackStatus":"{{status}}",
         "Parameters":[{"ParameterKey":"MemberRoleName","ParameterValue":"RemediatorMember"},{"ParameterKey":"MaximumConcurrency",
         "ParameterValue":"5"}{{parameters}}],
         "Outputs":[{"OutputKey":"JournalTable","OutputValue":"journal"},{"OutputKey":"OperateFunctionName",
         "OutputValue":"remediator-Operate"},
          {"OutputKey":"MemberBusArn","OutputValue":"arn:aws:events:us-east-1:123456789012:event-bus/members"}]}]}
        """);

    public Task<Ran> RunAsync(params string[] options) => Cli.RunAsync(["doctor", "--stack", "remediator", "--json", .. options]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Resources()
    {
        (string Logical, string Type, string Physical)[] all =
        [
            ("ComplianceChangeRule", "AWS::Events::Rule", "changes-rule"),
            ("AlarmRule", "AWS::Events::Rule", "alarm-rule"),
            ("ForwardedChangeRule", "AWS::Events::Rule", "members|forwarded-rule"),
            ("ForwardedAlarmRule", "AWS::Events::Rule", "members|forwarded-alarm-rule"),
            ("SweepFunctionSchedule", "AWS::Events::Rule", "schedule"),
            ("ComplianceQueue", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/changes"),
            ("FailedQueue", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/failed"),
            ("UndeliveredQueue", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/undelivered"),
            ("RemediateFunction", "AWS::Lambda::Function", "remediator-Remediate"),
            ("AccountRole", "AWS::IAM::Role", "remediator-role"),
            ("RemediateLogs", "AWS::Logs::LogGroup", "logs"),
            ("Journal", "AWS::DynamoDB::Table", "journal"),
            ("JournalKey", "AWS::KMS::Key", "some-key"),
            ("EscalationTopic", "AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:people"),
            ("EventsTopic", "AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:machines"),
            ("AlarmTopic", "AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:alarms"),
            ("FailedQueueAlarm", "AWS::CloudWatch::Alarm", "failed"),
        ];
        return new JsonObject
        {
            ["StackResources"] = new JsonArray([.. all.Select(r => new JsonObject
            {
                ["LogicalResourceId"] = r.Logical, ["ResourceType"] = r.Type, ["PhysicalResourceId"] = r.Physical,
            })]),
        }.ToJsonString();
    }

    /// <summary>The deployed function.</summary>
    private JsonElement Invoke(JsonElement input)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Cli.Clock.GetUtcNow() + Ahead);
        var inspector = new Inspector(
            FunctionAws,
            Cli.Kept,
            key: null,
            [(FakeAws.Account, FakeAws.Region), (Member, FakeAws.Region)],
            () => DeployedFiles.Of(Cli.Environment["REMEDIATOR_POLICY"], Repository.At("playbooks")),
            clock);
        var payload = Convert.FromBase64String(input.TextOf("Payload")!);
        var answer = new Remediator.Function.Handlers.Operate(null!, inspector)
            .HandleAsync(new("1", DateTimeOffset.MaxValue, "", "", payload), CancellationToken.None);
        var text = OnTheWay(Encoding.UTF8.GetString(answer.GetAwaiter().GetResult().Span));
        return Json.Object([new("Payload", Json.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))))]);
    }

    /// <summary>The log of a function that handled every event that was sent.</summary>
    private JsonElement Arrived()
    {
        using var log = new MemoryStream();
        var processor = new RecordProcessor(
            null!, null!, new Metrics("test", new JsonLines(log), Cli.Clock), Cli.Clock, NullLogger<RecordProcessor>.Instance);
        foreach (var sent in FunctionAws.All.Where(c => c.Operation is "events:PutEvents"))
        {
            var entry = sent.Input.Member("Entries")[0];
            var body = new JsonObject
            {
                ["source"] = entry.TextOf("Source"),
                ["detail-type"] = entry.TextOf("DetailType"),
                ["account"] = sent.Account,
                ["region"] = sent.Region,
                ["detail"] = JsonNode.Parse(entry.TextOf("Detail")!),
            };
            var handled = processor.ProcessAsync(new("m1", body.ToJsonString(), 1, "queue"), CancellationToken.None);
            handled.GetAwaiter().GetResult();
        }

        var lines = Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Json.Object([new("events", Json.List(lines.Select(l => Json.Object([new("message", Json.Text(l))]))))]);
    }
}
