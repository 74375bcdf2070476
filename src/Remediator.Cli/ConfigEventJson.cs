using System.Globalization;
using System.Text.Json.Nodes;
using Remediator.Incidents;

namespace Remediator.Cli;

/// <summary>Events in the shape of AWS Config's, which nobody but Config may put on a bus.</summary>
internal static class ConfigEventJson
{
    /// <summary>The event as the rule of EventBridge delivers it to the queue.</summary>
    public static JsonObject Event(string id, ResourceKey resource, RuleRef rule, string compliance, DateTimeOffset now) => new()
    {
        ["version"] = "0",
        ["id"] = id,
        ["detail-type"] = "Config Rules Compliance Change",
        ["source"] = "aws.config",
        ["account"] = resource.Account,
        ["time"] = Written(now),
        ["region"] = resource.Region,
        ["resources"] = new JsonArray(),
        ["detail"] = Detail(resource, rule, compliance, now, now),
    };

    /// <param name="compliance">As Config writes it: NON_COMPLIANT.</param>
    /// <param name="now">When the result was recorded.</param>
    /// <param name="found">When what it is about was recorded.</param>
    public static JsonObject Detail(
        ResourceKey resource, RuleRef rule, string compliance, DateTimeOffset now, DateTimeOffset found) => new()
        {
            ["resourceId"] = resource.Id,
            ["awsRegion"] = resource.Region,
            ["awsAccountId"] = resource.Account,
            ["configRuleName"] = rule.Name,
            ["recordVersion"] = "1.0",
            ["configRuleARN"] = rule.Arn,
            ["messageType"] = "ComplianceChangeNotification",
            ["resourceType"] = resource.Type,
            ["newEvaluationResult"] = new JsonObject
            {
                ["complianceType"] = compliance,
                ["resultRecordedTime"] = Written(now),
                ["configRuleInvokedTime"] = Written(now),
                ["evaluationResultIdentifier"] = new JsonObject
                {
                    ["orderingTimestamp"] = Written(found),
                    ["evaluationResultQualifier"] = new JsonObject
                    {
                        ["configRuleName"] = rule.Name,
                        ["resourceType"] = resource.Type,
                        ["resourceId"] = resource.Id,
                    },
                },
            },
        };

    public static string Written(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
