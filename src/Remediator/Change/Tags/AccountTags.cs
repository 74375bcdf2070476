using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change.Tags;

/// <summary>
/// Values of tags from what the policy knows of the account: a key is the name of a fact, however it is written (<c>CostCenter</c> is
/// <c>cost-center</c>). Where two facts have the same name so, neither counts.
/// </summary>
internal static class AccountTags
{
    public static JsonElement Of(ChangeOrder order)
    {
        var facts = order.AccountFacts.GroupBy(f => Plain(f.Key)).Where(g => g.Count() == 1).ToDictionary(
            g => g.Key, g => g.Single().Value, StringComparer.Ordinal);
        return Json.Object(RequiredTag.Of(RuleParameters.Set(order.Rule.Parameters))
            .Select(tag => tag.Key)
            .Distinct(StringComparer.Ordinal)
            .Where(key => facts.ContainsKey(Plain(key)))
            .Select(key => KeyValuePair.Create(key, Json.Text(facts[Plain(key)]))));
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
