using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.Tags;

/// <summary>A tag that a rule asks for.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Values">The values that the rule takes; none where it takes any.</param>
internal sealed record RequiredTag(string Key, ImmutableArray<string> Values)
{
    /// <summary>Whether the rule takes this value.</summary>
    public bool Takes(string value) => value.Length > 0 && (Values.IsEmpty || Values.Contains(value));

    /// <summary>The tags that a deployed rule asks for by name.</summary>
    public static ImmutableArray<RequiredTag> Of(JsonElement rule) =>
    [
        .. from n in Enumerable.Range(1, 6)
           let key = rule.TextOf($"tag{n}Key")
           where key is { Length: > 0 }
           select new RequiredTag(key, RuleList.Of(rule.TextOf($"tag{n}Value"))),
        .. RuleList.Of(rule.TextOf("requiredKeyTags")).Select(key => new RequiredTag(key, [])),
    ];
}
