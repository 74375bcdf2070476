using System.Reflection;
using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>The endpoint data embedded in the assembly; one resource per service, so that each is loaded alone.</summary>
internal static class EndpointData
{
    private static readonly Assembly Here = typeof(EndpointData).Assembly;

    internal static JsonDocument Partitions() =>
        Open("endpoints/partitions.json") ?? throw new InvalidDataException("The partitions are missing in the assembly.");

    internal static JsonDocument? Rules(string service) => Open($"endpoints/rules/{service}.json");

    private static JsonDocument? Open(string name)
    {
        using var stream = Here.GetManifestResourceStream(name);
        return stream is null ? null : JsonDocument.Parse(stream);
    }
}
