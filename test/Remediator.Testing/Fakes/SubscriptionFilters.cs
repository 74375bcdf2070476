using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>
/// What subscribers see who filter by message attributes: whoever gets a page gets the message that ends it. A filter compares one value
/// of an attribute, or several where it is a list.
/// </summary>
internal static class SubscriptionFilters
{
    private static readonly string[] Attributes = ["severity", "reason", "environment", "accountId", "team"];

    /// <summary>The pages that a filter by one of the attributes lets in, and whose end it keeps out.</summary>
    public static IReadOnlyList<string> PagesThatStayOpen(IEnumerable<JsonElement> messages)
    {
        var (open, found) = (new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal), new List<string>());
        foreach (var message in messages)
        {
            if (Told(message) is not { } told)
            {
                continue;
            }

            // Each topic has its own subscribers.
            var (key, action) = ($"{message.TextOf("TopicArn")} {told.TextOf("key")}", told.TextOf("action"));
            if (action is "trigger")
            {
                (open.TryGetValue(key, out var pages) ? pages : open[key] = []).Add(message);
            }
            else if (action is "resolve" && open.Remove(key, out var pages))
            {
                found.AddRange(
                    from page in pages
                    from name in Attributes
                    where !Values(page, name).All(Values(message, name).Contains)
                    select $"{key}: {name} {string.Join(", ", Values(page, name))} is not in {string.Join(", ", Values(message, name))}");
            }
        }

        return found;
    }

    /// <summary>What machines read; null where a test publishes something else.</summary>
    public static JsonElement? Told(JsonElement message)
    {
        var forms = Json.Parse(message.TextOf("Message")!);
        return (forms.TextOf("sqs") ?? forms.TextOf("default")) is ['{', ..] told ? Json.Parse(told) : null;
    }

    public static IReadOnlyList<string> Values(JsonElement message, string name)
    {
        var attribute = message.Member("MessageAttributes").Member(name);
        var value = attribute.TextOf("StringValue")!;
        return attribute.TextOf("DataType") is "String.Array"
            ? [.. Json.Parse(value).EnumerateArray().Select(v => v.GetString()!)]
            : [value];
    }
}
