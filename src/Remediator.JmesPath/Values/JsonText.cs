using System.Text.Json;

namespace Remediator.JmesPath.Values;

/// <summary>
/// Reads JSON elements. JSON can express text that no string can hold (half of a surrogate pair, <c>"\ud800"</c>), and
/// System.Text.Json throws when it reads it; here it is an invalid value like any other.
/// </summary>
internal static class JsonText
{
    private static readonly JsonElement NullElement = JsonElement.Parse("null");

    public static string Of(JsonElement element) => Reading(element, static e => e.GetString()!);

    public static bool IsTruthy(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => !element.ValueEquals(ReadOnlySpan<byte>.Empty),
        JsonValueKind.Array => element.GetArrayLength() > 0,
        JsonValueKind.Object => element.GetPropertyCount() > 0,
        JsonValueKind.Number or JsonValueKind.True => true,
        _ => false,
    };

    public static bool Equal(JsonElement element, string text)
    {
        try
        {
            return element.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            throw Unreadable();
        }
    }

    public static JmesPathValue Property(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var found) ? new JmesPathValue(found) : default;
        }
        catch (InvalidOperationException)
        {
            throw Unreadable();
        }
    }

    public static JmesPathValue[] Items(JsonElement element)
    {
        var items = new JmesPathValue[element.GetArrayLength()];
        var next = 0;
        foreach (var item in element.EnumerateArray())
        {
            items[next++] = new JmesPathValue(item);
        }

        return items;
    }

    public static OrderedDictionary<string, JmesPathValue> Properties(JsonElement element)
    {
        var properties = new OrderedDictionary<string, JmesPathValue>(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            properties[NameOf(property)] = new JmesPathValue(property.Value);
        }

        return properties;
    }

    /// <summary>Copies nothing if the root is itself a clone, which it should be if it outlives its document.</summary>
    public static JsonElement Owned(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? NullElement : element.Clone();

    /// <summary>The JSON in an expression; null if the text is not JSON.</summary>
    public static JsonElement? Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JmesPathException Unreadable() =>
        new(JmesPathError.InvalidValue, 0, "a text holds half of a surrogate pair");

    private static string NameOf(JsonProperty property) => Reading(property, static p => p.Name);

    private static string Reading<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (InvalidOperationException)
        {
            throw Unreadable();
        }
    }
}
