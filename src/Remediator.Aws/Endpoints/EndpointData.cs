namespace Remediator.Aws.Endpoints;

/// <summary>The endpoint data embedded in the assembly; one resource per service, so that each is loaded alone.</summary>
internal static class EndpointData
{
    internal static ReadOnlyMemory<byte> Partitions() => EmbeddedText.Of("endpoints/partitions.json");

    internal static ReadOnlyMemory<byte>? Rules(string service) => EmbeddedText.Find($"endpoints/rules/{service}.jsonl");
}
