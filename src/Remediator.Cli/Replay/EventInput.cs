using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Replay;

/// <summary>Extracts events from a person's input: an event, a queue message's body, or an envelope of messages.</summary>
internal static class EventInput
{
    /// <summary>
    /// Gives each event's text. Envelopes are those of Lambda (<c>Records[].body</c>) and of <c>aws sqs receive-message</c>
    /// (<c>Messages[].Body</c>); a JSON text that holds JSON is opened. Anything else is passed on unchanged, for the service to judge.
    /// </summary>
    public static ImmutableArray<string> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, text);
        }
        catch (JsonException)
        {
            return [text];
        }
    }

    private static ImmutableArray<string> Read(JsonElement root, string text) => root switch
    {
        { ValueKind: JsonValueKind.String } => [root.GetString()!],
        _ when root.Member("Records").IsList() => Bodies(root.Member("Records")),
        _ when root.Member("Messages").IsList() => Bodies(root.Member("Messages")),
        _ when Body(root) is { } body => [body],
        _ => [text],
    };

    private static ImmutableArray<string> Bodies(JsonElement messages) =>
        [.. messages.EnumerateArray().Select(m => Body(m) ?? m.GetRawText())];

    private static string? Body(JsonElement message) => message.TextOf("body") ?? message.TextOf("Body");
}
