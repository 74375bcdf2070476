using System.Globalization;
using System.Text;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>What Config holds, told as the event that did not come: so it takes the same way as any other.</summary>
internal static class BacklogEvent
{
    public static string Of(ComplianceChange change)
    {
        var (r, at) = (
            change.Resource, change.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        return Json.Write(w =>
            {
                w.WriteStartObject();
                w.WriteString("version"u8, "0");
                w.WriteString(
                    "id"u8,
                    new Guid(
                        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{change.Rule.Arn} {r} {at}")).AsSpan(0, 16)));
                w.WriteString("detail-type"u8, "Config Rules Compliance Change");
                w.WriteString("source"u8, "aws.config");
                w.WriteString("account"u8, r.Account);
                w.WriteString("time"u8, at);
                w.WriteString("region"u8, r.Region);
                w.WriteStartObject("detail"u8);
                w.WriteString("messageType"u8, "ComplianceChangeNotification");
                w.WriteString("recordVersion"u8, "1.0");
                w.WriteString("awsAccountId"u8, r.Account);
                w.WriteString("awsRegion"u8, r.Region);
                w.WriteString("configRuleName"u8, change.Rule.Name);
                w.WriteString("configRuleARN"u8, change.Rule.Arn);
                w.WriteString("resourceType"u8, r.Type);
                w.WriteString("resourceId"u8, r.Id);
                w.WriteStartObject("newEvaluationResult"u8);
                Result(w, at, change.Annotation);
                w.WriteEndObject();
                // Config knew of it before: it is no new resource that somebody may be setting up.
                w.WriteStartObject("oldEvaluationResult"u8);
                Result(w, at, null);
                w.WriteEndObject();
                w.WriteEndObject();
                w.WriteEndObject();
            })
            .GetRawText();
    }

    private static void Result(System.Text.Json.Utf8JsonWriter w, string at, string? annotation)
    {
        w.WriteString("complianceType"u8, "NON_COMPLIANT");
        w.WriteString("resultRecordedTime"u8, at);
        if (annotation is not null)
        {
            w.WriteString("annotation"u8, annotation);
        }
    }
}
