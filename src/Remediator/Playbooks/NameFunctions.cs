using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>Splits names without guessing: a name may contain the separator of other names.</summary>
internal static class NameFunctions
{
    /// <summary>The text after the first occurrence of a marker: (text, marker) → text; null if the marker does not occur.</summary>
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

    /// <summary>Decodes <c>%2F</c> and the like.</summary>
    public static JmesPathValue UrlDecode(JmesPathCall call) =>
        call[0].IsNull ? JmesPathValue.Null : JmesPathValue.From(Uri.UnescapeDataString(call[0].AsString()));
}
