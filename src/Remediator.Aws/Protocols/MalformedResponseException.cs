using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>A response that does not fit the model. Callers see it as an <see cref="AwsException"/>.</summary>
internal sealed class MalformedResponseException(string problem, Exception? inner = null) : Exception(problem, inner)
{
    /// <summary>Whether the content caused an exception during reading: bad JSON, bad UTF-8, a value of the wrong kind.</summary>
    public static bool IsBehind(Exception fault) =>
        fault is MalformedResponseException or JsonException or InvalidOperationException or ArgumentException or FormatException;
}
