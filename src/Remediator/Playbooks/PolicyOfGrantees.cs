using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// A bucket's policy that lets in only those whom the rule names: principals that it does not name go, and statements that are left with
/// none. A statement that lets only listed addresses or VPCs in stays as it is, whoever is meant.
/// </summary>
internal static class PolicyOfGrantees
{
    public static ImmutableArray<string> RuleParameters { get; } =
        ["awsPrincipals", "servicePrincipals", "federatedUsers", "ipAddresses", "vpcIds"];

    public static JsonElement Of(Scope scope)
    {
        var policy = scope["state"];
        var known = PolicyStatement.Of(policy) ?? throw new NotConfiguredException(
            "The policy is in a shape that is not understood, and so is left to a person.");
        JsonElement[] left = [.. known.SelectMany(s => Narrowed(s, scope["rule"]))];
        return left.Length == known.Length && left.Zip(known).All(p => StateComparer.Exact.Same(p.First, p.Second.Source))
            ? policy
            : With(policy, "Statement", Json.List(left));
    }

    private static IEnumerable<JsonElement> Narrowed(PolicyStatement statement, JsonElement rule)
    {
        if (!statement.IsAllow || IsFromListedPlaces(statement, rule))
        {
            return [statement.Source];
        }

        if (statement.Has("NotPrincipal") || statement.Source.Member("Principal") is not { ValueKind: JsonValueKind.Object } kinds)
        {
            return [];
        }

        KeyValuePair<string, JsonElement>[] staying =
        [
            .. from kind in kinds.EnumerateObject()
               let listed = Listed(kind, rule)
               where !listed.IsEmpty
               select KeyValuePair.Create(kind.Name, Same(kind.Value, listed)),
        ];
        return staying.Length == 0 ? [] : [With(statement.Source, "Principal", Json.Object(staying))];
    }

    private static ImmutableArray<string> Listed(JsonProperty kind, JsonElement rule) => kind.Name switch
    {
        "AWS" => [.. PolicyStatement.Texts(kind.Value).Where(p => p is not "*" && Texts(rule, "awsPrincipals").Any(l => Names(l, p)))],
        "Service" => [.. PolicyStatement.Texts(kind.Value).Intersect(Texts(rule, "servicePrincipals"), StringComparer.OrdinalIgnoreCase)],
        "Federated" => [.. PolicyStatement.Texts(kind.Value).Where(p => Texts(rule, "federatedUsers").Any(l => Names(l, p)))],
        _ => [],
    };

    /// <summary>An account is its root, and a pattern stands for what it matches; one in the policy is held against it as text.</summary>
    private static bool Names(string listed, string principal) => AccountOf(listed) is { } account
        ? AccountOf(principal) == account
        : !principal.Contains('*', StringComparison.Ordinal) && GlobPattern.Overlap(listed, principal);

    private static string? AccountOf(string principal) => principal.Split(':') switch
    {
        [{ Length: 12 } id] when id.All(char.IsAsciiDigit) => id,
        ["arn", _, "iam", "", { } id, "root"] => id,
        _ => null,
    };

    private static bool IsFromListedPlaces(PolicyStatement statement, JsonElement rule) => statement.Conditions.Any(c =>
        (c.Operator, c.Key.ToUpperInvariant()) switch
        {
            ("IpAddress", "AWS:SOURCEIP") => IsWithin(c.Values, Texts(rule, "ipAddresses")),
            ("StringEquals" or "StringEqualsIgnoreCase", "AWS:SOURCEVPC") => IsWithin(c.Values, Texts(rule, "vpcIds")),
            _ => false,
        });

    private static bool IsWithin(ImmutableArray<string> values, string[] listed) => values.Length > 0 && values.All(listed.Contains);

    private static string[] Texts(JsonElement rule, string name) =>
        (rule.TextOf(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // One text stays one text where nothing went.
    private static JsonElement Same(JsonElement before, ImmutableArray<string> left) =>
        PolicyStatement.Texts(before).Length == left.Length ? before : Json.List(left.Select(Json.Text));

    private static JsonElement With(JsonElement value, string name, JsonElement member) =>
        Json.Object(value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Name == name ? member : m.Value)));
}
