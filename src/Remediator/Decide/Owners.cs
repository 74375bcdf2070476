using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>Whose something is that is about no single finding: what the policy says of what it names.</summary>
internal static class Owners
{
    public static string Of(Policy policy, Match match) => Of(
        policy,
        One(match.Rules),
        One(match.RuleNames),
        new(One(match.Accounts), One(match.Regions), One(match.Types), One(match.Resources)));

    public static string Of(Policy policy, OrderMatch match) => Of(
        policy,
        match.Rule ?? "",
        match.Rule ?? "",
        new(match.Account ?? "", match.Region ?? "", match.ResourceType ?? "", match.Resource ?? ""));

    private static string Of(Policy policy, string rule, string name, ResourceKey resource) =>
        policy.For(new(resource, name, rule)).Owner ?? "";

    private static string One(ImmutableArray<string> patterns) => patterns is [var one] ? one : "";
}
