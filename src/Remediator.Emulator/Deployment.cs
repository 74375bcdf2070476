using System.Text.Json.Serialization;

namespace Remediator.Emulator;

/// <summary>The template's stack as it stands on the emulator.</summary>
/// <param name="Outputs">The stack's outputs by name.</param>
/// <param name="Resources">
/// The physical ids by the template's names: of a queue its URL, of a topic its ARN, otherwise mostly a name.
/// </param>
/// <param name="Environments">The environment variables of each function by the template's name for it.</param>
internal sealed record Deployment(
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Resources,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Deployment))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
