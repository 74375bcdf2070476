using System.Text.Json.Serialization;

namespace Remediator.Emulator;

/// <summary>A known difference between moto and AWS that the layer corrects.</summary>
/// <param name="Says">What AWS does.</param>
internal sealed record LayerRule(string Id, string Kind, IReadOnlyList<string> Operations, string Source, string Says);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LayerRule[]))]
[JsonSerializable(typeof(RecordedItem))]
internal sealed partial class LayerJson : JsonSerializerContext;
