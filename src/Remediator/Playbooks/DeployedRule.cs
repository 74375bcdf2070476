using System.Text.Json;

namespace Remediator.Playbooks;

/// <summary>The rule as it is deployed in the resource's account.</summary>
/// <param name="Identifier">The managed rule's identifier, or for a custom rule what Config calls its source.</param>
/// <param name="IsTrusted">Destinations, keys and identities that only the rule names may be used, and so may its values of tags.</param>
internal sealed record DeployedRule(string Identifier, JsonElement Parameters, bool IsTrusted);
