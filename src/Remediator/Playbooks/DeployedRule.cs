using System.Text.Json;

namespace Remediator.Playbooks;

/// <summary>The rule as deployed in the resource's account.</summary>
/// <param name="Identifier">The managed rule's identifier, or for a custom rule what Config calls its source.</param>
/// <param name="IsTrusted">Destinations, keys, identities and tag values may be used even if only the rule names them.</param>
internal sealed record DeployedRule(string Identifier, JsonElement Parameters, bool IsTrusted);
