using System.Text.Encodings.Web;
using System.Text.Json;
using Remediator.Aws;

namespace Remediator.Function.Runtime;

/// <summary>An error in the shape that the Runtime API takes.</summary>
/// <param name="Category">The value of the header Lambda-Runtime-Function-Error-Type, <c>category.reason</c>.</param>
internal sealed record RuntimeError(string Category, string Type, string Message, string[] StackTrace)
{
    // The Runtime API takes errors of at most about 256 KiB.
    private const int LongestMessage = 16_384;
    private const int MostFrames = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static RuntimeError Of(Exception fault) => Of("Function", fault);

    public static RuntimeError OfInit(Exception fault) =>
        fault is SettingsException ? Of(fault) with { Category = "Runtime.ConfigInvalid" } : Of("Init", fault);

    public static RuntimeError TooLarge(int bytes) => new(
        "Function.ResponseSizeTooLarge",
        "ResponseSizeTooLarge",
        $"The response of {bytes} bytes is larger than the Runtime API accepts.",
        []);

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage"u8, Message);
            json.WriteString("errorType"u8, Type);
            json.WriteStartArray("stackTrace"u8);
            foreach (var frame in StackTrace)
            {
                json.WriteStringValue(frame);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static RuntimeError Of(string source, Exception fault)
    {
        var type = fault.GetType().Name;
        var message = fault.Message.Length <= LongestMessage ? fault.Message : fault.Message[..LongestMessage] + "…";
        return new RuntimeError($"{source}.{type}", type, message, Frames(fault));
    }

    private static string[] Frames(Exception fault) =>
        [.. (fault.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostFrames)];
}
