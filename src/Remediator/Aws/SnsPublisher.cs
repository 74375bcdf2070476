using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>SNS through the model-driven client: its own package is not on the feed this project builds from.</summary>
internal sealed class SnsPublisher(IAws own) : IPublisher
{
    public Task PublishAsync(Message message, CancellationToken ct) =>
        own.CallAsync(
            "sns:Publish",
            Json.Object(
                new Dictionary<string, JsonElement>
                {
                    ["TopicArn"] = Json.Text(message.TopicArn),
                    ["Subject"] = Json.Text(message.Subject),
                    ["MessageStructure"] = Json.Text("json"),
                    ["Message"] = Json.Text(Texts(message.ByProtocol).GetRawText()),
                    ["MessageAttributes"] = Json.Object(message.Attributes.Select(a => KeyValuePair.Create(a.Key, Attribute(a.Value)))),
                }),
            ct);

    private static JsonElement Texts(IReadOnlyDictionary<string, string> values) =>
        Json.Object(values.Select(v => KeyValuePair.Create(v.Key, Json.Text(v.Value))));

    private static JsonElement Attribute(ImmutableArray<string> values) => values is [var only]
        ? Attribute("String", Value(only))
        : Attribute("String.Array", Json.List(values.Select(v => Json.Text(Value(v)))).GetRawText());

    private static JsonElement Attribute(string type, string value) =>
        Json.Object([new("DataType", Json.Text(type)), new("StringValue", Json.Text(value))]);

    private static string Value(string value) => value.Length > 0 ? value : "none";
}
