using System.Text.Json.Serialization;

namespace Remediator.Emulator;

/// <summary>The template's stack as deployed on the emulator.</summary>
/// <param name="Outputs">The stack's outputs by name.</param>
/// <param name="Resources">
/// The physical ids by logical id: for a queue its URL, for a topic its ARN, otherwise mostly a name.
/// </param>
/// <param name="Environments">The environment variables of each function by its logical id.</param>
internal sealed record Deployment(
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Resources,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environments);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Deployment))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
