using System.Text.Json.Nodes;

namespace Remediator.Emulator;

/// <summary>The compliance of a resource with a rule of AWS Config.</summary>
/// <param name="Compliance">COMPLIANT, NON_COMPLIANT or NOT_APPLICABLE.</param>
internal sealed record RuleResult(string Name, string Arn, string Compliance)
{
    public JsonObject Json => new() { ["name"] = Name, ["arn"] = Arn, ["compliance"] = Compliance };
}
