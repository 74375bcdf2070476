using System.Text;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Tests.Function;

internal static class Some
{
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>
    {
        ["REMEDIATOR_HANDLER"] = "remediate",
        ["REMEDIATOR_JOURNAL_TABLE"] = "journal",
        ["REMEDIATOR_JOURNAL_KEY"] = "key-1",
        ["REMEDIATOR_ESCALATION_TOPIC_ARN"] = "arn:aws:sns:us-east-1:123456789012:escalations",
        ["REMEDIATOR_EVENTS_TOPIC_ARN"] = "arn:aws:sns:us-east-1:123456789012:events",
        ["REMEDIATOR_ACCOUNT_ID"] = "123456789012",
        ["AWS_REGION"] = "us-east-1",
    };

    public static string Text(this FunctionAnswer answer) => Encoding.UTF8.GetString(answer.Payload);

    public static string Record(string id, string body = "{}", int receiveCount = 1) => $$"""
        {"messageId":"{{id}}","receiptHandle":"r","body":{{System.Text.Json.Nodes.JsonValue.Create(body).ToJsonString()}},
         "attributes":{"ApproximateReceiveCount":"{{receiveCount}}","SentTimestamp":"1700000000000"},
         "messageAttributes":{},"md5OfBody":"m","eventSource":"aws:sqs",
         "eventSourceARN":"arn:aws:sqs:us-east-1:123456789012:remediator","awsRegion":"us-east-1"}
        """;

    public static string Batch(params IEnumerable<string> records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";
}
