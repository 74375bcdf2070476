using System.Diagnostics;

namespace Remediator.Function.Tracing;

/// <summary>X-Ray's trace header, such as <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.</summary>
/// <remarks>A root's two numbers, written without what separates them, are a trace id of the W3C.</remarks>
internal static class TraceHeader
{
    private const string Version = "1-";
    private const int TimeLength = 8;
    private const int TraceLength = 32;
    private const int SpanLength = 16;

    /// <summary>Null where there is no trace, or it is not recorded, or the header is not of this form.</summary>
    public static ActivityContext? Read(string header)
    {
        var fields = header.Split(';', StringSplitOptions.TrimEntries);
        return Field(fields, "Sampled=") is "1"
            && Field(fields, "Root=") is { Length: TraceLength + 3 } root
            && root.StartsWith(Version, StringComparison.Ordinal)
            && root[Version.Length + TimeLength] is '-'
            && root.Remove(Version.Length + TimeLength, 1)[Version.Length..] is var trace
            && Field(fields, "Parent=") is { Length: SpanLength } parent
            && IsHex(trace)
            && IsHex(parent)
                ? new ActivityContext(
                    ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateFromString(parent), ActivityTraceFlags.Recorded)
                : null;
    }

    /// <summary>The root of a trace, as X-Ray writes it.</summary>
    public static string Root(ActivityTraceId trace)
    {
        var hex = trace.ToHexString();
        return $"{Version}{hex[..TimeLength]}-{hex[TimeLength..]}";
    }

    private static string? Field(string[] fields, string name) =>
        Array.Find(fields, f => f.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private static bool IsHex(string text) => text.All(c => char.IsAsciiHexDigitLower(c)) && text.Any(c => c is not '0');
}
