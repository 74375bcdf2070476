using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>Takes names apart without guessing: a name may hold whatever separates other names.</summary>
internal static class NameFunctions
{
    /// <summary>What follows the first place of a marker: (text, marker) → text; null where the marker is not in it.</summary>
    public static JmesPathValue After(JmesPathCall call)
    {
        if (call[0].IsNull)
        {
            return JmesPathValue.Null;
        }

        var (text, marker) = (call[0].AsString(), call[1].AsString());
        return text.IndexOf(marker, StringComparison.Ordinal) is var at and >= 0
            ? JmesPathValue.From(text[(at + marker.Length)..])
            : JmesPathValue.Null;
    }

    /// <summary>Text in which <c>%2F</c> and the like stand for characters.</summary>
    public static JmesPathValue UrlDecode(JmesPathCall call) =>
        call[0].IsNull ? JmesPathValue.Null : JmesPathValue.From(Uri.UnescapeDataString(call[0].AsString()));
}
