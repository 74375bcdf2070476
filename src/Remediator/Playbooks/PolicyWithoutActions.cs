using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Permissions;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// A resource policy that allows other accounts none of the actions that the rule lists. Statements for the own and other accounts
/// keep the own account's part, patterns are compared with patterns, and NotAction is extended.
/// </summary>
internal static class PolicyWithoutActions
{
    public static JsonElement Of(Scope scope)
    {
        var (policy, account) = (scope["state"], scope["account"].TextOf("id") ?? "");
        var listed = (scope["rule"].TextOf("blacklistedActionPattern") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = PolicyStatement.Of(policy) ?? throw new NotConfiguredException(
            "The policy is in a shape that is not understood, and so is left to a person.");
        JsonElement[] statements = [.. known.Select(s => s.Source)];
        var narrowed = statements.SelectMany(s => Narrow(s, account, listed)).ToArray();
        return narrowed.Length == statements.Length && narrowed.Zip(statements).All(p => StateComparer.Exact.Same(p.First, p.Second))
            ? policy
            : With(policy, "Statement", Json.List(narrowed));
    }

    private static IEnumerable<JsonElement> Narrow(JsonElement statement, string account, string[] listed)
    {
        var foreign = Principals(statement).Where(p => !IsOwn(p, account)).ToArray();
        if (statement.TextOf("Effect") is not "Allow" || foreign.Length == 0 || !GivesAny(statement, listed))
        {
            return [statement];
        }

        // Other kinds of principals, above all services, stay with the own account's part.
        var own = Principals(statement).Except(foreign).ToArray();
        KeyValuePair<string, JsonElement>[] staying =
        [
            .. OtherKinds(statement),
            .. own.Length == 0 ? [] : new[] { KeyValuePair.Create("AWS", Json.List(own.Select(Json.Text))) },
        ];
        return staying.Length == 0
            ? [.. Narrowed(statement, listed)]
            :
            [
                WithPrincipal(statement, staying),
                .. Narrowed(WithPrincipal(statement, [KeyValuePair.Create("AWS", Json.List(foreign.Select(Json.Text)))]), listed)
                    .Select(Renamed),
            ];
    }

    private static bool GivesAny(JsonElement statement, string[] listed) =>
        statement.Member("NotAction") is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } not
            ? listed.Any(l => !PolicyStatement.Texts(not).Contains(l, StringComparer.OrdinalIgnoreCase))
            : PolicyStatement.Texts(statement.Member("Action")).Any(a => listed.Any(l => GlobPattern.Overlap(a, l)));

    /// <summary>The statement without the listed actions; nothing if none remains.</summary>
    private static IEnumerable<JsonElement> Narrowed(JsonElement statement, string[] listed)
    {
        if (statement.Member("NotAction") is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } not)
        {
            return
            [
                With(
                    statement,
                    "NotAction",
                    Json.List(PolicyStatement.Texts(not).Union(listed, StringComparer.OrdinalIgnoreCase).Select(Json.Text))),
            ];
        }

        var left = PolicyStatement.Texts(statement.Member("Action")).Where(a => !listed.Any(l => GlobPattern.Overlap(a, l))).ToArray();
        return left.Length == 0 ? [] : [With(statement, "Action", Json.List(left.Select(Json.Text)))];
    }

    // Two statements of one policy may not have the same Sid.
    private static JsonElement Renamed(JsonElement statement) =>
        statement.TextOf("Sid") is { } sid ? With(statement, "Sid", Json.Text($"{sid}Others")) : statement;

    private static JsonElement WithPrincipal(JsonElement statement, IEnumerable<KeyValuePair<string, JsonElement>> kinds) =>
        With(statement, "Principal", Json.Object(kinds));

    private static IEnumerable<KeyValuePair<string, JsonElement>> OtherKinds(JsonElement statement) =>
        statement.Member("Principal") is { ValueKind: JsonValueKind.Object } kinds
            ? kinds.EnumerateObject().Where(k => k.Name is not "AWS").Select(k => KeyValuePair.Create(k.Name, k.Value))
            : [];

    private static ImmutableArray<string> Principals(JsonElement statement) =>
        statement.Member("Principal") is { ValueKind: JsonValueKind.Object } kinds
            ? PolicyStatement.Texts(kinds.Member("AWS"))
            : PolicyStatement.Texts(statement.Member("Principal"));

    private static bool IsOwn(string principal, string account) =>
        principal == account || principal.Split(':') is [_, _, _, _, var of, ..] && of == account;

    private static JsonElement With(JsonElement value, string name, JsonElement member) =>
        Json.Object(value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Name == name ? member : m.Value)));
}
