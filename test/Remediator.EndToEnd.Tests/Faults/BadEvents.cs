using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Testing;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Events that must be rejected: hand-written ones, and a valid one damaged in every way that its parts allow. The set is always the same.
/// </summary>
internal static class BadEvents
{
    private static readonly string Good = Some.Event(Some.Change(Some.Rule(), Some.Bucket()));

    private static readonly string[] Required =
    [
        "source", "detail-type", "account", "region", "detail", "detail/messageType", "detail/awsAccountId", "detail/awsRegion",
        "detail/configRuleARN", "detail/configRuleName", "detail/resourceType", "detail/resourceId", "detail/newEvaluationResult",
        "detail/newEvaluationResult/complianceType", "detail/newEvaluationResult/resultRecordedTime",
    ];

    private static readonly string?[] NoText =
    [
        null,
        "null",
        "1",
        "true",
        "[]",
        "[{}]",
        "\"\"",
        "\"\\u0000\"",
        "\"a\\nb\"",
        "\"a\\u001bb\"",
        $"\"{new string('x', 2000)}\"",
    ];

    private static readonly (string Member, string[] Values)[] Wrong =
    [
        ("source", ["custom.config", "aws.Config", "aws.config ", "aws"]),
        ("detail-type", ["Config Rules Re-evaluation Status", "config rules compliance change"]),
        ("account", ["12345678901", "1234567890123", "12345678901a", " 123456789012", "１２３４５６７８９０１２", "-12345678901", "210987654321"]),
        ("region", ["us_east_1", "US-EAST-1", "us-east-1 ", "us-east", "../us-east-1", "eu-west-1"]),
        ("detail/awsAccountId", ["210987654321", "12345678901"]),
        ("detail/awsRegion", ["eu-west-1", "us-east-1x"]),
        (
            "detail/configRuleARN",
            [
                "config-rule-some", "arn:aws:config", "arn:aws:config:us-east-1:210987654321:config-rule/x",
                "arn:aws:config:eu-west-1:123456789012:config-rule/x", "arn:aws:s3:us-east-1:123456789012:config-rule/x",
                "arn:aws:config:us-east-1:123456789012:config-rule:x:y", "::::::",
            ]),
        ("detail/resourceType", ["Bucket", "AWS:S3:Bucket", "::S3::Bucket", "AWS::S3::Buck et", "AWS::S3::Bucket/../x", "AWS::S3::Bücket"]),
        ("detail/newEvaluationResult/complianceType", ["compliant", "MAYBE", "NON_COMPLIANT ", "NONCOMPLIANT"]),
        ("detail/newEvaluationResult/resultRecordedTime", ["yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "25:00", "1e99"]),
    ];

    private static readonly string[] ByHand =
    [
        "",
        " ",
        "\t\n",
        "null",
        "true",
        "42",
        "-0",
        "\"text\"",
        "[]",
        "{}",
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "{}{}",
        "{} {}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "NaN",
        "Infinity",
        "undefined",
        "﻿{}",
        "<event/>",
        "---\nsource: aws.config",
        "source=aws.config",
        "{\"source\":\"aws.config\"}",
        "{\"Records\":[]}",
        "// {}",
        "/* */ {}",
        "\0",
        "{\"detail\":{}}",
        "{\"source\":\"aws.config\",\"detail-type\":\"Config Rules Compliance Change\"}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{}}",
        $"[{new string('[', 200)}",
        new string('[', 5000),
        new string('{', 5000),
        Deep(40),
        Deep(100),
        Good + "x",
        Good + Good,
        $"[{Good}]",
        $"{{\"a\":\"{new string('x', 300_000)}\"}}",
        Good.Replace("{\"version\"", $"{{\"pad\":\"{new string('x', 262_144)}\",\"version\"", StringComparison.Ordinal),
    ];

    public static IReadOnlyList<string> All { get; } =
        [.. ByHand, .. Damaged(), .. WithWrongValues(), .. Truncated(), .. WithoutAPieceOfSyntax()];

    private static IEnumerable<string> Damaged() => Required.SelectMany(_ => NoText, With);

    private static IEnumerable<string> WithWrongValues() =>
        Wrong.SelectMany(w => w.Values, (w, value) => With(w.Member, JsonValue.Create(value).ToJsonString()));

    private static IEnumerable<string> Truncated() => Enumerable.Range(1, 150).Select(i => Good[..(Good.TrimEnd().Length * i / 151)]);

    private static IEnumerable<string> WithoutAPieceOfSyntax() =>
        Enumerable.Range(0, Good.Length).Where(i => "{}:,\"".Contains(Good[i], StringComparison.Ordinal)).Select(i => Good.Remove(i, 1))
            .Where(text => !IsJson(text));

    private static string With(string path, string? value)
    {
        var root = JsonNode.Parse(Good)!.AsObject();
        var steps = path.Split('/');
        var at = steps[..^1].Aggregate(root, (node, step) => node[step]!.AsObject());
        if (value is null)
        {
            at.Remove(steps[^1]);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }

    private static string Deep(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
