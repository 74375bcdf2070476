using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Remediator.Aws;

/// <summary>What the environment says of the service, read once.</summary>
/// <param name="JournalTable">REMEDIATOR_JOURNAL_TABLE: the DynamoDB table of the journal.</param>
/// <param name="JournalKey">REMEDIATOR_JOURNAL_KEY: the KMS key of the journal's seal; null where a person only looks.</param>
/// <param name="EscalationTopicArn">REMEDIATOR_ESCALATION_TOPIC_ARN: the SNS topic that people and chat subscribe to.</param>
/// <param name="EventsTopicArn">REMEDIATOR_EVENTS_TOPIC_ARN: the SNS topic that pagers and machines subscribe to, if there is one.</param>
/// <param name="QueueUrl">REMEDIATOR_QUEUE_URL: the queue of compliance changes, where the sweep puts what no event told.</param>
/// <param name="AccountId">REMEDIATOR_ACCOUNT_ID: the account that the service itself runs in.</param>
/// <param name="Region">AWS_REGION: the region that the service itself runs in.</param>
/// <param name="MemberRole">
/// REMEDIATOR_MEMBER_ROLE: the role to assume in other accounts; null where only the own account is served.
/// </param>
/// <param name="MemberExternalId">REMEDIATOR_MEMBER_EXTERNAL_ID: the external id that role asks for, if any.</param>
/// <param name="PlaybookFolder">REMEDIATOR_PLAYBOOKS: by default the folder beside the program.</param>
/// <param name="PolicyFile">REMEDIATOR_POLICY: by default the file beside the program.</param>
internal sealed record ServiceSettings(
    string JournalTable,
    string? JournalKey,
    string EscalationTopicArn,
    string? EventsTopicArn,
    string? QueueUrl,
    string AccountId,
    string Region,
    string? MemberRole,
    string? MemberExternalId,
    string PlaybookFolder,
    string PolicyFile)
{
    public const string OwnArnsVariable = "REMEDIATOR_OWN_ARNS";
    public const string StackVariable = "REMEDIATOR_STACK";

    /// <summary>REMEDIATOR_OWN_ROLE: the ARN of the role to assume in the own account; null to use the credentials at hand.</summary>
    public string? OwnRole { get; init; }

    /// <summary>REMEDIATOR_SESSION_POLICIES: whether the sessions of roles are limited to what each is for.</summary>
    public bool LimitsSessions { get; init; } = true;

    /// <summary>REMEDIATOR_OWN_ARNS: what the service itself is made of, with commas between.</summary>
    public ImmutableArray<string> OwnArns { get; init; } = [];

    /// <summary>REMEDIATOR_STACK: the stack that the service is deployed by; the names of its functions begin so.</summary>
    public string? StackName { get; init; }

    /// <summary>
    /// REMEDIATOR_OPERATE_FUNCTION: the function that takes people's commands; that function itself knows its name from Lambda.
    /// </summary>
    public string? OperateFunction { get; init; }

    /// <summary>REMEDIATOR_JOURNAL_UNSEALED_UNTIL: until when incidents without a seal are read; null for never.</summary>
    public DateTimeOffset? UnsealedUntil { get; init; }

    /// <summary>A person's command: without the journal's key it may look.</summary>
    public bool MayReadUnsealed { get; init; }

    private static FrozenDictionary<string, bool> OnOrOff { get; } =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["on"] = true, ["off"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ServiceSettings Read(SettingsReader reader, string programFolder) => new(
        reader.Required("REMEDIATOR_JOURNAL_TABLE"),
        reader.Required("REMEDIATOR_JOURNAL_KEY"),
        reader.Required("REMEDIATOR_ESCALATION_TOPIC_ARN"),
        reader.Optional("REMEDIATOR_EVENTS_TOPIC_ARN"),
        reader.Optional("REMEDIATOR_QUEUE_URL"),
        reader.Required("REMEDIATOR_ACCOUNT_ID"),
        reader.Required("AWS_REGION"),
        reader.Optional("REMEDIATOR_MEMBER_ROLE"),
        reader.Optional("REMEDIATOR_MEMBER_EXTERNAL_ID"),
        reader.Optional("REMEDIATOR_PLAYBOOKS") ?? Path.Combine(programFolder, "playbooks"),
        reader.Optional("REMEDIATOR_POLICY") ?? Path.Combine(programFolder, "policy.yaml"))
    {
        OwnArns = OwnArnsOf(reader),
        OperateFunction = reader.Optional("REMEDIATOR_OPERATE_FUNCTION")
            ?? (reader.Optional("REMEDIATOR_HANDLER") is "operate" ? reader.Optional("AWS_LAMBDA_FUNCTION_NAME") : null),
        OwnRole = reader.Optional("REMEDIATOR_OWN_ROLE"),
        LimitsSessions = reader.Optional("REMEDIATOR_SESSION_POLICIES", OnOrOff, otherwise: true),
        StackName = reader.Optional(StackVariable),
        UnsealedUntil = reader.OptionalTime("REMEDIATOR_JOURNAL_UNSEALED_UNTIL"),
    };

    public static ImmutableArray<string> OwnArnsOf(SettingsReader reader) =>
        [.. (reader.Optional(OwnArnsVariable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
