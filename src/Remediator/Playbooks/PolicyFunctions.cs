using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>
/// The playbooks' questions about resource policies. All functions accept a policy in any of its forms and return statements unchanged, so
/// that unaffected ones are written back as they were. The work grows only with the size of the policy.
/// </summary>
internal static class PolicyFunctions
{
    public static JmesPathFunction[] All =>
    [
        new("statements", [Policy], call => Sources(PolicyStatement.Of(call, 0))),
        new("public_statements", [Policy], call => Sources(PolicyStatement.Of(call, 0).Where(IsPublic))),
        new("denies_plain_http", [Policy, JmesPathTypes.String], DeniesPlainHttp),
    ];

    private const JmesPathTypes Policy = JmesPathTypes.Object | JmesPathTypes.Array | JmesPathTypes.String | JmesPathTypes.Null;

    private static bool IsPublic(PolicyStatement statement) =>
        statement is { IsAllow: true, IsForEverybody: true } && !statement.Conditions.Any(c => c.Narrows);

    /// <summary>
    /// (policy, ARN): whether requests without TLS are denied to everybody, for all actions, on the resource; for a bucket also on its
    /// objects, in one statement or in several.
    /// </summary>
    private static JmesPathValue DeniesPlainHttp(JmesPathCall call)
    {
        var arn = call[1].AsString();
        var denied = PolicyStatement.Of(call, 0)
            .Where(s => s is { IsDeny: true, IsForEverybody: true } && IsOfAllActions(s, arn) && IsOfPlainHttp(s))
            .SelectMany(s => s.Resources)
            .ToHashSet(StringComparer.Ordinal);
        var isOfAll = denied.Contains("*") || denied.Contains(arn + "*");
        return JmesPathValue.From(isOfAll || (denied.Contains(arn) && (!IsBucket(arn) || denied.Contains(arn + "/*"))));
    }

    private static bool IsBucket(string arn) => arn.Split(':') is [_, _, "s3", ..];

    private static bool IsOfAllActions(PolicyStatement statement, string arn) => statement.Actions.Any(action =>
        action is "*" || (arn.Split(':') is [_, _, var service, ..] && action.Equals($"{service}:*", StringComparison.OrdinalIgnoreCase)));

    // With any further condition, some requests would not be denied.
    private static bool IsOfPlainHttp(PolicyStatement statement) => statement.Conditions.ToArray() is [var only]
        && only.Operator.ToUpperInvariant() is "BOOL" or "BOOLIFEXISTS"
        && only.Key.Equals("aws:SecureTransport", StringComparison.OrdinalIgnoreCase)
        && only.Values.Any(v => v.Equals("false", StringComparison.OrdinalIgnoreCase));

    private static JmesPathValue Sources(IEnumerable<PolicyStatement> statements) =>
        JmesPathValue.FromItems([.. statements.Select(s => JmesPathValue.From(s.Source))]);
}
