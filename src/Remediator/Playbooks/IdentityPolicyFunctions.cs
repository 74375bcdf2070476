using System.Collections.Immutable;
using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// Identity policies without the statements that allow too much. Each function returns the policy itself if nothing must be removed,
/// and null if nothing would remain: a policy must have statements. Other statements stay unchanged.
/// </summary>
internal static class IdentityPolicyFunctions
{
    public static JmesPathFunction[] All =>
        [
            new("without_admin", [JmesPathTypes.Object], call =>
                Narrowed(call, (s, action) => action is "*" or "*:*" && s.Resources.Contains("*"))),
            new("without_full_access", [JmesPathTypes.Object], call => Narrowed(call, (_, action) => IsWholeService(action))),
            new("without_actions_on_all_keys", [JmesPathTypes.Object, JmesPathTypes.Strings], WithoutActionsOnAllKeys),
        ];

    private static bool IsWholeService(string action) => action is "*" || action.EndsWith(":*", StringComparison.Ordinal);

    /// <summary>(policy, patterns): without the actions that match any of the patterns, if they are allowed on all KMS keys.</summary>
    private static JmesPathValue WithoutActionsOnAllKeys(JmesPathCall call)
    {
        ImmutableArray<string> patterns = [.. call[1].Items().Select(p => p.AsString())];
        return Narrowed(call, (s, action) => s.Resources.Any(IsAllKeys) && patterns.Any(p => GlobPattern.Overlap(action, p)));
    }

    /// <summary>Every key, or every key of an account or region.</summary>
    private static bool IsAllKeys(string resource) => resource is "*"
        || resource.Split(':', 6) is [_, _, "kms" or "*", _, _, "*" or "key/*" or "alias/*"] or [_, _, "kms", "*"];

    private static JmesPathValue Narrowed(JmesPathCall call, Func<PolicyStatement, string, bool> goes)
    {
        var statements = PolicyStatement.Of(call, 0);
        ImmutableArray<JsonElement> left = [.. statements.Select(s => Narrowed(s, goes)).OfType<JsonElement>()];
        return left.IsEmpty ? JmesPathValue.Null
            : left.Length == statements.Length && left.Zip(statements).All(p => StateComparer.Exact.Same(p.First, p.Second.Source))
                ? call[0]
            : JmesPathValue.From(With(call[0].ToJsonElement(), "Statement", Json.List(left)));
    }

    private static JsonElement? Narrowed(PolicyStatement statement, Func<PolicyStatement, string, bool> goes)
    {
        ImmutableArray<string> left = [.. statement.Actions.Where(a => !goes(statement, a))];
        return !statement.IsAllow || left.Length == statement.Actions.Length ? statement.Source
            : left.IsEmpty ? null
            : With(statement.Source, "Action", Json.List(left.Select(Json.Text)));
    }

    private static JsonElement With(JsonElement value, string name, JsonElement member) =>
        Merging.Merge(value, Json.Object([KeyValuePair.Create(name, member)]));
}
