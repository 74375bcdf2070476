using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Values;

namespace Remediator.Authoring.Permissions;

/// <summary>What a policy gives the parameters of a playbook, in each entry that may be the one that holds.</summary>
internal sealed partial record PolicyValues(ImmutableArray<JsonElement> Parameters)
{
    /// <summary>
    /// The ARNs of the roles that a parameter names, as a permission is limited to them; none where the policy names none.
    /// </summary>
    public IEnumerable<string> Roles(string parameter) => Parameters
        .Select(p => p.TextOf(parameter))
        .OfType<string>()
        .Select(Role)
        .Distinct(StringComparer.Ordinal);

    // What the policy leaves to be filled in may be anything.
    private static string Role(string value)
    {
        var text = Hole().Replace(value, "*");
        return RoleArn().Match(text) is { Success: true } arn
            ? $"arn:${{AWS::Partition}}:iam::{arn.Groups["account"].Value}:role/{arn.Groups["name"].Value}"
            : $"arn:${{AWS::Partition}}:iam::*:role/{text}";
    }

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\Aarn:[^:]+:iam::(?<account>[0-9*]+):role/(?<name>.+)\z")]
    private static partial Regex RoleArn();
}
