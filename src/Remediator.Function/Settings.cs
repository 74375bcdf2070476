using Microsoft.Extensions.Logging;
using Remediator.Function.Logging;

namespace Remediator.Function;

/// <summary>What the environment says, read once at the start.</summary>
/// <param name="Handler">REMEDIATOR_HANDLER: which of the three handlers this process is.</param>
/// <param name="JournalTable">REMEDIATOR_JOURNAL_TABLE: the DynamoDB table of the journal.</param>
/// <param name="EscalationTopicArn">REMEDIATOR_ESCALATION_TOPIC_ARN: the SNS topic that people and chat subscribe to.</param>
/// <param name="EventsTopicArn">REMEDIATOR_EVENTS_TOPIC_ARN: the SNS topic that machines subscribe to.</param>
/// <param name="QueueUrl">REMEDIATOR_QUEUE_URL: the queue of compliance changes, where the sweep puts what no event told.</param>
/// <param name="AccountId">REMEDIATOR_ACCOUNT_ID: the account that the service itself runs in.</param>
/// <param name="MemberRole">REMEDIATOR_MEMBER_ROLE: the role to assume in other accounts; null where only the own account is served.</param>
/// <param name="MemberExternalId">REMEDIATOR_MEMBER_EXTERNAL_ID: the external id that role asks for, if any.</param>
/// <param name="Environment">REMEDIATOR_ENVIRONMENT: the name of this deployment in notices and metrics.</param>
internal sealed record Settings(
    HandlerKind Handler,
    string JournalTable,
    string EscalationTopicArn,
    string EventsTopicArn,
    string? QueueUrl,
    string AccountId,
    string? MemberRole,
    string? MemberExternalId,
    string Environment)
{
    internal const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";
    internal const string LogLevelVariable = "REMEDIATOR_LOG_LEVEL";
    internal const string EnvironmentVariable = "REMEDIATOR_ENVIRONMENT";
    internal const string DefaultEnvironment = "default";

    /// <exception cref="SettingsException">Something is missing or not valid; the message names all of it.</exception>
    public static Settings Read(Func<string, string?> environment)
    {
        var reader = new SettingsReader(environment);
        var settings = new Settings(
            reader.Choice("REMEDIATOR_HANDLER", HandlerKinds.ByName),
            reader.Required("REMEDIATOR_JOURNAL_TABLE"),
            reader.Required("REMEDIATOR_ESCALATION_TOPIC_ARN"),
            reader.Required("REMEDIATOR_EVENTS_TOPIC_ARN"),
            reader.Optional("REMEDIATOR_QUEUE_URL"),
            reader.Required("REMEDIATOR_ACCOUNT_ID"),
            reader.Optional("REMEDIATOR_MEMBER_ROLE"),
            reader.Optional("REMEDIATOR_MEMBER_EXTERNAL_ID"),
            reader.Optional(EnvironmentVariable) ?? DefaultEnvironment);
        reader.Optional(LogLevelVariable, LogLevels.ByName, LogLevel.Information);
        reader.ThrowIfAnyProblem();
        return settings;
    }
}
