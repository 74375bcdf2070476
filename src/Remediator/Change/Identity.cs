using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Proves that an answer is about the resource that the event names.</summary>
internal static class Identity
{
    /// <param name="names">What the answer calls the resource: text, or a list of texts.</param>
    /// <param name="resource">The event's name for it: <c>id</c>, and <c>arn</c> where that follows from the id.</param>
    /// <param name="call">What was asked.</param>
    /// <exception cref="WrongResourceException">None of the names is the event's.</exception>
    public static void Prove(JsonElement names, JsonElement resource, Call call)
    {
        string[] given = [.. Texts(names).OfType<string>()];
        if (given is [] && !CallNames.IsOnlyFiltered(call))
        {
            // The service was asked by its own key, and says no more about it.
            return;
        }

        var id = resource.TextOf("id") ?? "";
        // Of two ARNs all counts: a name may have been given to another resource since.
        string?[] named = IsArn(id) && given.Any(IsArn) ? [id] : [id, resource.TextOf("arn"), OnlyPart(resource)];
        if (!given.Any(named.Contains))
        {
            var other = given is [var found, ..] ? $"'{found}'" : "a resource without a name";
            throw new WrongResourceException(
                $"The event names '{id}', and {call.Operation} answers about {other}: it may be another resource.");
        }
    }

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    // The name that the id was read as, where it has no more than one part.
    private static string? OnlyPart(JsonElement resource) =>
        resource.Member("parts") is var parts && parts.IsList() && parts.GetArrayLength() is 1 ? parts[0].GetString() : null;

    private static IEnumerable<string?> Texts(JsonElement names) => names.ValueKind switch
    {
        JsonValueKind.String => [names.GetString()],
        JsonValueKind.Array => names.EnumerateArray().Where(n => n.ValueKind is JsonValueKind.String).Select(n => n.GetString()),
        _ => [],
    };
}
