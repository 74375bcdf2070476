using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Intake;

/// <summary>Reads a compliance change from an EventBridge event, and takes nothing for granted.</summary>
internal static partial class EventReader
{
    private const int LongestId = 1024;
    private const int LargestEvent = 256 * 1024;

    /// <summary>
    /// Clocks differ by seconds. What was recorded in the future is not Config's word, and would outdate all that Config says until then.
    /// </summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(15);

    public static Received Read(ReadOnlyMemory<byte> body, DateTimeOffset now) => Read(body) is var received
        && received is Received.Change({ RecordedAt: var recorded }) && recorded > now + MostAhead
            ? new Received.Rejected(
                $"resultRecordedTime: {recorded:u} is more than {MostAhead.TotalMinutes:0} minutes ahead of the clock, which is at {now:u}")
            : received;

    private static Received Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > LargestEvent)
        {
            return new Received.Rejected($"the event has {body.Length} bytes; EventBridge delivers at most {LargestEvent}");
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return new Received.Rejected($"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (MalformedEventException e)
        {
            return new Received.Rejected(e.Message);
        }
        catch (InvalidOperationException)
        {
            return new Received.Rejected("a name or an id that is not valid Unicode");
        }
    }

    private static Received Read(JsonElement e)
    {
        var source = Text(e, "source");
        if (source is Received.ProbeSource)
        {
            return Probe(e);
        }

        var kind = Text(e, "detail-type");
        if (source is "remediator.sweep" && kind is "Incident Due")
        {
            return new Received.Due(Text(e.Member("detail"), "incidentKey"));
        }

        if (source is "aws.cloudwatch" && kind is "CloudWatch Alarm State Change")
        {
            var (account, region) = (Matching(e, "account", AccountId(), "12 digits"), Matching(e, "region", RegionName(), "a region"));
            var (alarm, state) = (Text(e.Member("detail"), "alarmName"), e.Member("detail").Member("state"));
            return state.IsObject() && state.TextOf("value") is "ALARM"
                ? new Received.AlarmRang(account, region, alarm)
                : new Received.Ignored("an alarm that does not ring");
        }

        if (source is not "aws.config" || kind is not "Config Rules Compliance Change")
        {
            return new Received.Rejected("source must be 'aws.config' and detail-type 'Config Rules Compliance Change'");
        }

        var detail = e.Member("detail");
        if (!detail.IsObject())
        {
            throw new MalformedEventException("detail", "expected an object");
        }

        if (Text(detail, "messageType") is not "ComplianceChangeNotification")
        {
            return new Received.Ignored("not a compliance change notification");
        }

        var result = detail.Member("newEvaluationResult");
        return !result.IsObject()
            ? throw new MalformedEventException("detail.newEvaluationResult", "expected an object")
            : IsProactive(result)
                ? new Received.Ignored("a proactive evaluation: the resource does not exist yet")
                : Change(e, detail, result);
    }

    /// <summary>Whatever else it holds, it asks for nothing and is no fault: its source alone makes it a probe.</summary>
    private static Received.Probe Probe(JsonElement e)
    {
        return new(
            Known(e.Member("detail"), "probe", ProbeId()), Known(e, "account", AccountId()), Known(e, "region", RegionName()));

        static string Known(JsonElement of, string name, Regex pattern) =>
            of.IsObject() && of.TextOf(name) is { } text && pattern.IsMatch(text) ? text : "unknown";
    }

    private static Received Change(JsonElement e, JsonElement detail, JsonElement result)
    {
        var account = Matching(e, "account", AccountId(), "12 digits");
        var region = Matching(e, "region", RegionName(), "a region");
        Agree(detail, "awsAccountId", account);
        Agree(detail, "awsRegion", region);
        var arn = Text(detail, "configRuleARN");
        if (arn.Split(':') is not ["arn", var partition, "config", var arnRegion, var arnAccount, _]
            || partition != AwsPartition.Of(region).Name || arnRegion != region || arnAccount != account)
        {
            throw new MalformedEventException(
                "detail.configRuleARN", "expected the ARN of a Config rule of the event's partition, account and region");
        }

        var compliance = Text(result, "complianceType") switch
        {
            "COMPLIANT" => (Compliance?)Compliance.Compliant,
            "NON_COMPLIANT" => Compliance.NonCompliant,
            "NOT_APPLICABLE" => Compliance.NotApplicable,
            "INSUFFICIENT_DATA" => null,
            _ =>
                throw new MalformedEventException(
                    "detail.newEvaluationResult.complianceType", "expected COMPLIANT, NON_COMPLIANT or NOT_APPLICABLE"),
        };
        return compliance is not { } known
            ? new Received.Ignored("Config has not enough data")
            : new Received.Change(new()
            {
                Resource = new(
                    account, region, Matching(detail, "resourceType", TypeName(), "a resource type"), Text(detail, "resourceId")),
                Rule = new(Text(detail, "configRuleName"), arn),
                Compliance = known,
                RecordedAt = Time(result, "resultRecordedTime"),
                IsFirst = !detail.Member("oldEvaluationResult").IsObject(),
                CompliantBefore = CompliantBefore(detail.Member("oldEvaluationResult")),
                OrderedAt = OrderedAt(result),
                Annotation = Annotation(result.Member("annotation")),
            });
    }

    private static DateTimeOffset? CompliantBefore(JsonElement earlier) =>
        earlier.TextOf("complianceType") is "COMPLIANT" ? OrderedAt(earlier) : null;

    /// <summary>Only a rollback needs it: an event without it, or with nonsense, is an event all the same.</summary>
    private static DateTimeOffset? OrderedAt(JsonElement result) => DateTimeOffset.TryParse(
        result.Member("evaluationResultIdentifier").TextOf("orderingTimestamp"),
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static bool IsProactive(JsonElement result) =>
        result.Member("evaluationResultIdentifier").Member("evaluationResultQualifier").TextOf("evaluationMode") is "PROACTIVE";

    private static string Text(JsonElement of, string name)
    {
        var text = of.TextOf(name) ?? throw new MalformedEventException(name, "expected text");
        return text.Length is > 0 and <= LongestId && !text.Any(char.IsControl)
            ? text
            : throw new MalformedEventException(name, $"expected 1 to {LongestId} characters without control characters");
    }

    private static string Matching(JsonElement of, string name, Regex pattern, string what)
    {
        var text = Text(of, name);
        return pattern.IsMatch(text) ? text : throw new MalformedEventException(name, $"expected {what}");
    }

    private static void Agree(JsonElement detail, string name, string expected)
    {
        if (Text(detail, name) != expected)
        {
            throw new MalformedEventException($"detail.{name}", "differs from the envelope's");
        }
    }

    private static DateTimeOffset Time(JsonElement of, string name) =>
        DateTimeOffset.TryParse(
            Text(of, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new MalformedEventException(name, "expected an ISO 8601 time");

    /// <summary>A rule's own words: cut by length somewhere, half of a character may be left at their end.</summary>
    private static string? Annotation(JsonElement words) => words.ValueKind is JsonValueKind.String
        ? Printable(
            JsonElement.Parse(Escape().Replace(words.GetRawText(), e => e.Groups["half"].Success ? @"\ufffd" : e.Value)).GetString()!)
        : null;

    private static string Printable(string text) => string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c));

    [GeneratedRegex(@"\A[0-9a-f-]{36}\z")]
    private static partial Regex ProbeId();

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"\A[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}\z")]
    private static partial Regex RegionName();

    // Of AWS, of a third party in CloudFormation's registry, or of a custom rule's own making.
    [GeneratedRegex(@"\A(?=.{1,256}\z)[A-Za-z0-9_.@-]+(?:::[A-Za-z0-9_.@-]*)+\z")]
    private static partial Regex TypeName();

    // An escape in a JSON text: a pair of surrogates, one without the other, or any other.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escape();

    private sealed class MalformedEventException(string at, string problem) : Exception($"{at}: {problem}");
}
