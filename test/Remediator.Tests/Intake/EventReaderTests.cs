using System.Text;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Testing;

namespace Remediator.Tests.Intake;

public sealed class EventReaderTests
{
    /// <summary>Later than all events in tests.</summary>
    internal static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("9998-12-31T23:59:59.000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("2030-01-01T00:15:01.000Z")]
    [InlineData("2030-01-01T02:15:01.000+01:00")]
    public void What_was_recorded_in_the_future_is_rejected(string recorded) =>
        Assert.Contains(
            "more than 15 minutes ahead of the clock",
            Assert.IsType<Received.Rejected>(Read(e => Result(e)["resultRecordedTime"] = recorded)).Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("2030-01-01T00:15:00.000Z")]
    [InlineData("0001-01-01T00:00:00.000Z")]
    public void Small_clock_differences_and_old_results_are_accepted(string recorded) =>
        Assert.IsType<Received.Change>(Read(e => Result(e)["resultRecordedTime"] = recorded));

    [Fact]
    public void An_event_gives_rule_resource_time_and_annotation()
    {
        var change = Assert.IsType<Received.Change>(Read(e => e["detail"]!["newEvaluationResult"]!["annotation"] = "\nTag\tis missing."))
            .Of;

        Assert.Equal(Some.Bucket(), change.Resource);
        Assert.Equal(Some.Rule(), change.Rule);
        Assert.Equal(Some.Time, change.RecordedAt);
        Assert.Equal(Compliance.NonCompliant, change.Compliance);
        Assert.Equal("Tag is missing.", change.Annotation);
    }

    [Theory]
    [InlineData("COMPLIANT", "Compliant")]
    [InlineData("NON_COMPLIANT", "NonCompliant")]
    [InlineData("NOT_APPLICABLE", "NotApplicable")]
    public void Every_compliance_that_Config_sends_is_known(string sent, string expected) =>
        Assert.Equal(expected, Assert.IsType<Received.Change>(Read(e => Result(e)["complianceType"] = sent)).Of.Compliance.ToString());

    [Fact]
    public void Unknown_added_words_do_not_matter()
    {
        Assert.IsType<Received.Change>(Read(e => e["detail"]!["resultToken"] = null));
        Assert.IsType<Received.Change>(Read(e => e["detail"]!["somethingNew"] = new JsonArray(1, 2)));
        Assert.IsType<Received.Change>(Read(e => e["resources"] = new JsonArray("arn:aws:s3:::other")));
    }

    [Theory]
    [InlineData("INSUFFICIENT_DATA", null)]
    [InlineData("NON_COMPLIANT", "PROACTIVE")]
    public void Results_about_nothing_that_can_be_fixed_are_ignored(string compliance, string? mode) =>
        Assert.IsType<Received.Ignored>(Read(e =>
        {
            Result(e)["complianceType"] = compliance;
            Result(e)["evaluationResultIdentifier"]!["evaluationResultQualifier"]!["evaluationMode"] = mode;
        }));

    [Fact]
    public void Other_notifications_of_Config_are_ignored() =>
        Assert.IsType<Received.Ignored>(Read(e => e["detail"]!["messageType"] = "ConfigurationSnapshotDeliveryCompleted"));

    [Theory]
    [InlineData("source")]
    [InlineData("detail-type")]
    [InlineData("account")]
    [InlineData("region")]
    [InlineData("detail")]
    [InlineData("detail.messageType")]
    [InlineData("detail.awsAccountId")]
    [InlineData("detail.awsRegion")]
    [InlineData("detail.configRuleName")]
    [InlineData("detail.configRuleARN")]
    [InlineData("detail.resourceType")]
    [InlineData("detail.resourceId")]
    [InlineData("detail.newEvaluationResult")]
    [InlineData("detail.newEvaluationResult.complianceType")]
    [InlineData("detail.newEvaluationResult.resultRecordedTime")]
    public void A_field_that_is_missing_or_of_a_wrong_type_is_named(string path)
    {
        AssertRejectedAt(path, At(path, (of, name) => of.Remove(name)));
        AssertRejectedAt(path, At(path, (of, name) => of[name] = new JsonArray()));
        AssertRejectedAt(path, At(path, (of, name) => of[name] = 5));
        AssertRejectedAt(path, At(path, (of, name) => of[name] = null));
        AssertRejectedAt(path, At(path, (of, name) => of[name] = ""));
    }

    [Theory]
    [InlineData("account", "12345")]
    [InlineData("account", "12345678901a")]
    [InlineData("region", "Virginia")]
    [InlineData("detail.awsAccountId", "999999999999")]
    [InlineData("detail.awsRegion", "eu-west-1")]
    [InlineData("detail.configRuleARN", "config-rule-1")]
    [InlineData("detail.configRuleARN", "arn:aws:config:us-east-1:999999999999:config-rule/config-rule-1")]
    [InlineData("detail.configRuleARN", "arn:aws-cn:config:us-east-1:123456789012:config-rule/config-rule-1")]
    [InlineData("detail.configRuleARN", "arn:aws:s3:us-east-1:123456789012:config-rule/config-rule-1")]
    [InlineData("detail.resourceType", "Bucket")]
    [InlineData("detail.resourceId", "a\u0000b")]
    [InlineData("detail.resourceId", "a\nb")]
    [InlineData("detail.configRuleName", "rule\u001b[31m")]
    [InlineData("detail.newEvaluationResult.complianceType", "compliant")]
    [InlineData("detail.newEvaluationResult.resultRecordedTime", "yesterday")]
    public void A_value_that_cannot_be_is_named(string path, string value) =>
        AssertRejectedAt(path, At(path, (of, name) => of[name] = value));

    [Theory]
    [InlineData("MongoDB::Atlas::Cluster")]
    [InlineData("AWSQS::EKS::Cluster::MODULE")]
    [InlineData("Custom::our_thing")]
    public void A_type_of_somebody_else_is_read(string type) =>
        Assert.Equal(type, Assert.IsType<Received.Change>(Read(e => e["detail"]!["resourceType"] = type)).Of.Resource.Type);

    [Theory]
    [InlineData(@"half \ud83d", "half \ufffd")]
    [InlineData(@"\uDE00 half", "\ufffd half")]
    [InlineData(@"whole \ud83d\ude00", "whole \ud83d\ude00")]
    [InlineData(@"\ud83d\ud83d\ude00", "\ufffd\ud83d\ude00")]
    [InlineData(@"a path \\ud83d", @"a path \ud83d")]
    public void An_annotation_that_was_cut_through_a_character_is_read(string sent, string read) => Assert.Equal(
        read,
        Assert.IsType<Received.Change>(Read(Body(e => Result(e)["annotation"] = "WORDS").Replace("WORDS", sent, StringComparison.Ordinal)))
            .Of.Annotation);

    [Fact]
    public void Id_that_is_not_valid_Unicode_names_no_resource() =>
        Assert.Contains(
            "Unicode",
            Assert
                .IsType<Received.Rejected>(
                    Read(Body(e => e["detail"]!["resourceId"] = "ID").Replace("\"ID\"", @"""\ud83d""", StringComparison.Ordinal))
                )
                .Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("source", "aws.s3")]
    [InlineData("detail-type", "Config Configuration Item Change")]
    public void Events_of_others_are_rejected(string path, string value) =>
        AssertRejectedAt(path, At(path, (of, name) => of[name] = value));

    [Fact]
    public void An_id_that_is_too_long_is_rejected() =>
        AssertRejectedAt("detail.resourceId", At("detail.resourceId", (of, name) => of[name] = new string('a', 1025)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("not json")]
    [InlineData("{\"source\":\"aws.config\"} trailing")]
    public void What_is_no_event_is_rejected(string body) => Assert.IsType<Received.Rejected>(Read(body));

    [Fact]
    public void Bytes_that_are_no_text_are_rejected() =>
        Assert.IsType<Received.Rejected>(EventReader.Read(new byte[] { 0xff, 0xfe, 0x00, 0x7b }, Now));

    [Fact]
    public void What_is_nested_too_deep_is_rejected()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);

        Assert.IsType<Received.Rejected>(Read(deep));
    }

    [Fact]
    public void An_event_larger_than_EventBridge_delivers_is_rejected_by_its_size()
    {
        var large = Body(e => e["detail"]!["padding"] = new string('x', 300 * 1024));

        Assert.Contains("bytes", Assert.IsType<Received.Rejected>(Read(large)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_never_repeats_what_the_event_holds()
    {
        var why = Assert.IsType<Received.Rejected>(Read(At("detail.resourceType", (of, name) => of[name] = "secret-value"))).Why;

        Assert.DoesNotContain("secret-value", why, StringComparison.Ordinal);
    }

    private static JsonNode Result(JsonNode e) => e["detail"]!["newEvaluationResult"]!;

    private static void AssertRejectedAt(string path, string body)
    {
        var why = Assert.IsType<Received.Rejected>(Read(body)).Why;
        Assert.Contains(path[(path.LastIndexOf('.') + 1)..], why, StringComparison.Ordinal);
    }

    private static string At(string path, Action<JsonObject, string> change)
    {
        return Body(e =>
        {
            var names = path.Split('.');
            change(names[..^1].Aggregate(e, (node, name) => node[name]!).AsObject(), names[^1]);
        });
    }

    private static string Body(Action<JsonNode> change)
    {
        var e = JsonNode.Parse(Some.Event(Some.Change(Some.Rule(), Some.Bucket())))!;
        change(e);
        return e.ToJsonString();
    }

    private static Received Read(Action<JsonNode> change) => Read(Body(change));

    private static Received Read(string body) => EventReader.Read(Encoding.UTF8.GetBytes(body), Now);
}
