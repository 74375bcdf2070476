using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws.Permissions;
using Remediator.Values;

namespace Remediator.Change.Sessions;

/// <summary>What a session may do, on which resources, and when.</summary>
internal sealed record Grant(string Action, ImmutableArray<string> Resources, PermissionCondition? Condition = null);

/// <summary>The text of a session's policy, as short as it can be written.</summary>
internal static class SessionPolicy
{
    /// <summary>The most characters that STS takes.</summary>
    public const int MostCharacters = 2048;

    /// <summary>Each action on its own resources.</summary>
    public static string Of(IEnumerable<Grant> grants) => Write(
        from grant in grants
        let resources = string.Join('\n', grant.Resources.Order(StringComparer.Ordinal))
        group grant.Action by (resources, grant.Condition) into same
        orderby same.Key.resources, same.Key.Condition?.Value
        select (same.AsEnumerable(), same.Key.resources.Split('\n'), same.Key.Condition));

    /// <summary>The same actions on any resource.</summary>
    public static string Wider(IEnumerable<Grant> grants) => Write([(grants.Select(g => g.Action), ["*"], null)]);

    private static string Write(IEnumerable<(IEnumerable<string> Actions, string[] Resources, PermissionCondition? When)> statements) =>
        Json.TextOf(w =>
        {
            w.WriteStartObject();
            w.WriteString("Version"u8, "2012-10-17"u8);
            w.WriteStartArray("Statement"u8);
            foreach (var (actions, resources, when) in statements)
            {
                w.WriteStartObject();
                w.WriteString("Effect"u8, "Allow"u8);
                OneOrMore(w, "Action", [.. actions.Distinct().Order(StringComparer.Ordinal)]);
                OneOrMore(w, "Resource", resources);
                Condition(w, when);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });

    private static void OneOrMore(Utf8JsonWriter w, string name, string[] values)
    {
        w.WritePropertyName(name);
        if (values is [var one])
        {
            w.WriteStringValue(one);
            return;
        }

        w.WriteStartArray();
        foreach (var value in values)
        {
            w.WriteStringValue(value);
        }

        w.WriteEndArray();
    }

    private static void Condition(Utf8JsonWriter w, PermissionCondition? when)
    {
        if (when is not { } condition)
        {
            return;
        }

        w.WriteStartObject("Condition"u8);
        w.WriteStartObject(condition.Operator);
        w.WriteString(condition.Key, condition.Value);
        w.WriteEndObject();
        w.WriteEndObject();
    }
}
