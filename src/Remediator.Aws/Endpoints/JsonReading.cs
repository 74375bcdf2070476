using System.Text.Json;

namespace Remediator.Aws.Endpoints;

internal static class JsonReading
{
    internal static string Text(this JsonElement element) =>
        element.GetString() ?? throw new InvalidDataException("A text is missing in the endpoint data.");

    internal static string Text(this JsonElement element, string name) => element.GetProperty(name).Text();

    internal static string[] Texts(this JsonElement element, string name) => Map(element.GetProperty(name), item => item.Text());

    internal static T[] Map<T>(this JsonElement array, Func<JsonElement, T> read)
    {
        var items = new T[array.GetArrayLength()];
        var next = 0;
        foreach (var item in array.EnumerateArray())
        {
            items[next++] = read(item);
        }

        return items;
    }

    /// <summary>A text, boolean or whole number.</summary>
    internal static object Constant(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => Flag.True,
        JsonValueKind.False => Flag.False,
        JsonValueKind.Number => value.GetInt32(),
        _ => value.Text(),
    };
}
