using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli.Doctor;

/// <summary>One fault of a deployment, and the line that reports it.</summary>
/// <param name="Check">The check that reports it.</param>
/// <param name="Result">The beginning of the line.</param>
/// <param name="Seen">A pattern of the finding.</param>
/// <param name="Remedy">A pattern of the remedy.</param>
/// <param name="Break">Causes the fault.</param>
internal sealed record DoctorCase(string Check, string Result, string Seen, string Remedy, Action<HealthyDeployment> Break)
{
    /// <summary>Other checks report it too.</summary>
    public bool Spreads { get; init; }
}

internal static class DoctorCases
{
    public static IReadOnlyList<DoctorCase> All { get; } =
    [
        new("stack", "warn", "rolled back", "describe-stack-events", d => d.Stack("UPDATE_ROLLBACK_COMPLETE")),
        new("stack", "warn", "IN_PROGRESS", "Wait", d => d.Stack("UPDATE_IN_PROGRESS")),
        new("stack", "fail", "DELETE_FAILED", "describe-stack-events", d => d.Stack("DELETE_FAILED")),
        new("version", "warn", "The function is 0.0.1", "Deploy", d => d.OnTheWay = a => a.Replace(BuildVersion.Text, "0.0.1")),
        new("version", "warn", "0.0.1 .sources 12.", "Deploy", d => d.OnTheWay = a => a.Replace(BuildVersion.Text, "0.0.1 (sources 12)")),
        new("files", "warn", "policy deployed", "sam deploy", d => d.OnTheWay = a => Changed(a, "policy")),
        new("files", "warn", "playbooks deployed", "--playbooks", d => d.OnTheWay = a => Changed(a, "playbooks")),
        new("clock", "warn", "differ by 60 s", "Set the clock", d => d.Ahead = TimeSpan.FromSeconds(60)),
        new("clock", "fail", "differ by 3600 s", "Set the clock", d => d.Ahead = -TimeSpan.FromHours(1)),
        Answer("recorder", "fail", "no recorder", "put-configuration-recorder", "config:DescribeConfigurationRecorderStatus", "{}"),
        Answer("recorder", "fail", "is stopped", "start-configuration-recorder", "config:DescribeConfigurationRecorderStatus", """
            {"ConfigurationRecordersStatus":[{"name":"default","recording":false}]}
            """),
        Answer("recorder", "fail", "fails: AccessDenied no role", "role", "config:DescribeConfigurationRecorderStatus", """
            {"ConfigurationRecordersStatus":[{"name":"d","recording":true,"lastStatus":"FAILURE","lastErrorCode":"AccessDenied",
             "lastErrorMessage":"no role"}]}
            """),
        Answer("recorded-types", "warn", "AWS::S3::Bucket", "recordingGroup", "config:DescribeConfigurationRecorders", """
            {"ConfigurationRecorders":[{"recordingGroup":{"allSupported":false,"resourceTypes":["AWS::EC2::Instance"]}}]}
            """),
        Answer("recorded-types", "warn", "AWS::S3::Bucket", "recordingGroup", "config:DescribeConfigurationRecorders", """
            {"ConfigurationRecorders":[{"recordingGroup":{"recordingStrategy":{"useOnly":"EXCLUSION_BY_RESOURCE_TYPES"},
             "exclusionByResourceTypes":{"resourceTypes":["AWS::S3::Bucket"]}}}]}
            """),
        Answer("delivery", "fail", "no delivery channel", "put-delivery-channel", "config:DescribeDeliveryChannelStatus", "{}"),
        Answer("delivery", "fail", "AccessDenied bucket", "bucket", "config:DescribeDeliveryChannelStatus", """
            {"DeliveryChannelsStatus":[{"configStreamDeliveryInfo":{"lastStatus":"FAILURE","lastErrorCode":"AccessDenied",
             "lastErrorMessage":"bucket"}}]}
            """),
        Answer("rules", "warn", "no Config rule", "Deploy rules",
            "config:DescribeConfigRules", """{"ConfigRules":[]}""") with { Spreads = true },
        Answer("rules", "warn", "Unknown: ours", "rule-name: ours",
            "config:DescribeConfigRules", Rules("NEWER_THAN_THE_LIST")) with { Spreads = true },
        Answer("policy-values", "warn", "Needs params", "params: {",
            "config:DescribeConfigRules", Rules("S3_BUCKET_LOGGING_ENABLED")) with { Spreads = true },
        new("policy-values", "fail", "Needs params", "rule: S3_BUCKET_LOGGING_ENABLED", d =>
        {
            d.Policy($"defaults: {{mode: auto}}\nbacklog: {{accounts: ['{HealthyDeployment.Member}']}}");
            d.Cli.Aws.On("config:DescribeConfigRules", Rules("S3_BUCKET_LOGGING_ENABLED"));
        }) { Spreads = true },
        Answer("event-rules", "fail", "is DISABLED", "enable-rule",
            "events:DescribeRule", """{"State":"DISABLED"}""") with { Spreads = true },
        Answer("event-rules", "fail", "does not lead to arn:aws:sqs", "Deploy", "events:ListTargetsByRule", """
            {"Targets":[{"Arn":"arn:aws:events:us-east-1:123456789012:event-bus/members"}]}
            """),
        Answer("forwarding", "fail", "does not lead to", "member.yaml", "events:ListTargetsByRule", """
            {"Targets":[{"Arn":"arn:aws:sqs:us-east-1:123456789012:changes"}]}
            """),
        Answer("forwarding", "fail", "is DISABLED", "enable-rule",
            "events:DescribeRule", """{"State":"DISABLED"}""") with { Spreads = true },
        Answer("probe", "fail", "did not arrive", "UndeliveredQueue",
            "logs:FilterLogEvents", """{"events":[{"message":"START of a request"}]}"""),
        new("probe", "fail", "could be sent: .*NotAuthorized", "PutEvents", d => d.FunctionAws.On("events:PutEvents", """
            {"FailedEntryCount":1,"Entries":[{"ErrorCode":"NotAuthorizedException","ErrorMessage":"no"}]}
            """)),
        Answer("queue-source", "fail", "is Disabled", "--uuid some-mapping --enabled", "lambda:ListEventSourceMappings", """
            {"EventSourceMappings":[{"UUID":"some-mapping","State":"Disabled"}]}
            """),
        Answer("queue-source", "fail", "No function", "Deploy", "lambda:ListEventSourceMappings", "{}"),
        Answer("queues", "fail", "3 messages were given up", "redrive|start-message-move-task|runbooks", "sqs:GetQueueAttributes", """
            {"Attributes":{"ApproximateNumberOfMessages":"3"}}
            """),
        Answer("queues", "warn", "oldest for 20 minutes", "storm",
            "cloudwatch:GetMetricData", """{"MetricDataResults":[{"Values":[1200.0]}]}"""),
        Answer("queues", "fail", "oldest for 120 minutes", "OldestMessageAlarm", "cloudwatch:GetMetricData", """
            {"MetricDataResults":[{"Values":[7200.0]}]}
            """),
        new("accounts", "fail", "cannot enter: .*AccessDenied", "TrustedRoleArns", d =>
            d.FunctionAws.On("sts:GetCallerIdentity", _ => throw FakeAws.Error("sts:AssumeRole", "AccessDenied", 403)))
        {
            Spreads = true,
        },
        Answer("permissions", "fail", "remediator-role may not: s3:PutBucketVersioning", "generate", "iam:SimulatePrincipalPolicy", """
            {"EvaluationResults":[{"EvalActionName":"s3:PutBucketVersioning","EvalDecision":"implicitDeny"}]}
            """),
        Answer("permissions", "fail", "may not", "service control policy", "iam:SimulatePrincipalPolicy", """
            {"EvaluationResults":[{"EvalActionName":"a","EvalDecision":"explicitDeny",
             "OrganizationsDecisionDetail":{"AllowedByOrganizations":false}}]}
            """),
        Answer("permissions", "fail", "may not", "boundary", "iam:SimulatePrincipalPolicy", """
            {"EvaluationResults":[{"EvalActionName":"a","EvalDecision":"implicitDeny",
             "PermissionsBoundaryDecisionDetail":{"AllowedByPermissionsBoundary":false}}]}
            """),
        new("rollouts", "warn", "held at 25%: 1 of 14 changes put back", "remediator rollouts", d => d.Cli.Kept.WriteRolloutsAsync(
            [
                new()
                {
                    Id = "rollout-0123456789",
                    About = "everything",
                    BegunAt = Some.Time,
                    Share = 25,
                    From = 5,
                    Since = Some.Time,
                    Held = new(Some.Time, "1 of 14 changes put back"),
                },
            ],
            RolloutBook.Empty,
            default).Wait()),
        new("changes", "warn", "stopped: release", "remediator start", d => d.Cli.Kept.SetStopAsync("release", default).Wait()),
        Answer("journal", "fail", "not protected", "--deletion-protection-enabled", "dynamodb:DescribeTable", """
            {"Table":{"TableStatus":"ACTIVE","DeletionProtectionEnabled":false}}
            """),
        Answer("journal", "fail", "is ARCHIVED", "describe-table", "dynamodb:DescribeTable", """{"Table":{"TableStatus":"ARCHIVED"}}"""),
        Answer("journal", "fail", "recovery is off", "update-continuous-backups", "dynamodb:DescribeContinuousBackups", "{}"),
        Answer("journal", "warn", "never deleted", "update-time-to-live", "dynamodb:DescribeTimeToLive", "{}"),
        new("journal", "fail", "cannot read the journal: gone", "resource policy", d => d.OnTheWay = a => Fault(a, "journalFault", "gone")),
        Answer("journal-key", "fail", "is Disabled", "enable-key", "kms:DescribeKey", """{"KeyMetadata":{"KeyState":"Disabled"}}"""),
        Answer("journal-key", "fail", "to be deleted", "cancel-key-deletion",
            "kms:DescribeKey", """{"KeyMetadata":{"KeyState":"PendingDeletion"}}"""),
        new("journal-key", "fail", "cannot use the key: denied", "policy", d => d.OnTheWay = a => Fault(a, "keyFault", "denied")),
        Answer("topics", "fail", "The topic has no confirmed subscription", "sns subscribe", "sns:ListSubscriptionsByTopic", "{}"),
        Answer("topics", "fail", "not confirmed yet: team@example.com", "Confirm", "sns:ListSubscriptionsByTopic", """
            {"Subscriptions":[{"SubscriptionArn":"PendingConfirmation","Endpoint":"team@example.com"}]}
            """),
        Answer("topics", "warn", "1 confirmed; not confirmed yet", "Confirm", "sns:ListSubscriptionsByTopic", """
            {"Subscriptions":[{"SubscriptionArn":"arn:1"},{"SubscriptionArn":"PendingConfirmation","Endpoint":"e"}]}
            """),
        Answer("alarms", "fail", "not there", "Deploy", "cloudwatch:DescribeAlarms", "{}"),
        Answer("alarms", "fail", "rings: 3 messages", "FailedQueueAlarm.md", "cloudwatch:DescribeAlarms",
            HealthyDeployment.Alarm("ALARM", "3 messages")),
        Answer("alarms", "warn", "no data yet", "later", "cloudwatch:DescribeAlarms", HealthyDeployment.Alarm("INSUFFICIENT_DATA")),
        Answer("alarms", "fail", "actions are off", "enable-alarm-actions", "cloudwatch:DescribeAlarms", """
            {"MetricAlarms":[{"AlarmName":"failed","ActionsEnabled":false,"AlarmActions":["a"],"StateValue":"OK"}]}
            """),
        Answer("alarms", "fail", "has no action", "Deploy", "cloudwatch:DescribeAlarms", """
            {"MetricAlarms":[{"AlarmName":"failed","ActionsEnabled":true,"AlarmActions":[],"StateValue":"OK"}]}
            """),
        Answer("quotas", "fail", "5 of the account's 10", "quota-increase", "lambda:GetAccountSettings", """
            {"AccountLimit":{"ConcurrentExecutions":10,"UnreservedConcurrentExecutions":5}}
            """),
        Answer("quotas", "warn", "9 of the account's 10", "MaximumConcurrency", "lambda:GetAccountSettings", """
            {"AccountLimit":{"ConcurrentExecutions":10,"UnreservedConcurrentExecutions":9}}
            """),
        Answer("quotas", "fail", "2 executions are reserved", "delete-function-concurrency", "lambda:GetFunctionConcurrency", """
            {"ReservedConcurrentExecutions":2}
            """),
    ];

    private static string Rules(string identifier) => $$$"""
        {"ConfigRules":[{"ConfigRuleName":"ours","ConfigRuleArn":"a","Source":{"Owner":"AWS","SourceIdentifier":"{{{identifier}}}"}}]}
        """;

    private static DoctorCase Answer(string check, string result, string seen, string remedy, string operation, string answer) =>
        new(check, result, seen, remedy, d => d.Cli.Aws.On(operation, answer));

    private static string Changed(string answer, string file)
    {
        var deployed = Json.Parse(answer).Member("files").TextOf(file)!;
        return answer.Replace(deployed, new string('0', deployed.Length), StringComparison.Ordinal);
    }

    private static string Fault(string answer, string member, string fault) =>
        answer.Replace($"\"{member}\":null", $"\"{member}\":\"{fault}\"", StringComparison.Ordinal);
}
