using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Values;

namespace Remediator.Authoring.Permissions;

/// <summary>The policy's values for a playbook's parameters, from each entry that may apply.</summary>
internal sealed partial record PolicyValues(ImmutableArray<JsonElement> Parameters)
{
    /// <summary>
    /// The ARNs of the roles in a parameter, in the form in which permissions are limited to them; none if the policy names none.
    /// </summary>
    public IEnumerable<string> Roles(string parameter) => Parameters
        .Select(p => p.TextOf(parameter))
        .OfType<string>()
        .Select(Role)
        .Distinct(StringComparer.Ordinal);

    // Placeholders in the policy may stand for anything.
    private static string Role(string value)
    {
        var text = Placeholder().Replace(value, "*");
        return RoleArn().Match(text) is { Success: true } arn
            ? $"arn:${{AWS::Partition}}:iam::{arn.Groups["account"].Value}:role/{arn.Groups["name"].Value}"
            : $"arn:${{AWS::Partition}}:iam::*:role/{text}";
    }

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\Aarn:[^:]+:iam::(?<account>[0-9*]+):role/(?<name>.+)\z")]
    private static partial Regex RoleArn();
}
