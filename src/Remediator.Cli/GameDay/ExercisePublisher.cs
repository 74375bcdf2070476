using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;

namespace Remediator.Cli.GameDay;

/// <summary>Marks every notice as an exercise, in all of its forms; then it goes to the chosen topic, or nowhere.</summary>
internal sealed class ExercisePublisher(IPublisher? topic) : IPublisher
{
    public const string Mark = "EXERCISE";

    private const int LongestSubject = 100;
    private const string Says = $"{Mark}: 'remediator gameday' sent this. Nothing is wrong, and nobody has to act.";

    private readonly List<SentNotice> _sent = [];

    public IReadOnlyList<SentNotice> Sent => _sent;

    /// <summary>The run did not cause it: it shows what such a notice looks like.</summary>
    public bool AreSamples { get; set; }

    public async Task PublishAsync(Message message, CancellationToken ct)
    {
        var marked = Marked(message);
        if (topic is not null)
        {
            await topic.PublishAsync(marked, ct);
        }

        _sent.Add(new(KindOf(message), marked.Subject, AreSamples, topic is not null));
    }

    private static Message Marked(Message message) => message with
    {
        Subject = $"{Mark} {message.Subject}" is var subject && subject.Length > LongestSubject ? subject[..LongestSubject] : subject,
        ByProtocol = message.ByProtocol.ToDictionary(p => p.Key, p => p.Key is "sms" ? $"{Mark} {p.Value}" : Marked(p.Value)),
    };

    private static string Marked(string text)
    {
        if (ObjectOf(text) is not { } form)
        {
            return $"{Says}\n\n{text}";
        }

        if (form["content"] is JsonObject content)
        {
            // A custom notification for chats, which drops every member that it does not know.
            Prefix(content, "title", Mark);
            Prefix(content, "description", Says);
            return form.ToJsonString();
        }

        form["exercise"] = true;
        Prefix(form, "summary", Mark);
        return form.ToJsonString();
    }

    private static void Prefix(JsonObject form, string member, string with) => form[member] = $"{with} {form[member]}";

    private static JsonObject? ObjectOf(string text)
    {
        try
        {
            return text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string KindOf(Message message) =>
        message.ByProtocol.Values.Select(v => ObjectOf(v)?["eventType"]?.GetValue<string>()).FirstOrDefault(t => t is not null) ?? "";
}

/// <summary>A notice as it was marked.</summary>
/// <param name="Kind">Its <c>eventType</c>.</param>
/// <param name="IsSample">Not caused by the run.</param>
/// <param name="IsPublished">It went to a topic.</param>
internal sealed record SentNotice(string Kind, string Subject, bool IsSample, bool IsPublished);
