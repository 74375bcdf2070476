using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// What the deployed rule's parameters mean for a playbook: all that are set have to be known to it, and those that name a destination,
/// a key or an identity are followed only as far as the policy lets them. Whoever may write rules in an account is not thereby one who
/// says where its logs go.
/// </summary>
internal static class RuleParameters
{
    /// <summary>The parameters that are set, each as text; AWS Config takes an empty one for none.</summary>
    public static JsonElement Set(JsonElement given) => Json.Object(given.IsObject()
        ? given.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Text(p.Value))).Where(p => p.Value.GetString() is not "")
        : []);

    /// <exception cref="NotConfiguredException">The rule sets a parameter that the playbook does not look at.</exception>
    public static void RequireKnown(Playbook playbook, string rule, JsonElement set)
    {
        var unknown = set.EnumerateObject()
            .Where(p =>
                !playbook.RuleReads.Contains(p.Name) && !playbook.Ignores.Contains(p.Name) && !playbook.Ignores.Contains($"{rule}.{p.Name}")
            )
            .Select(p => $"{p.Name}: {p.Value}")
            .ToArray();
        if (unknown is not [])
        {
            throw new NotConfiguredException(
                $"The rule sets {string.Join(", ", unknown)}, which playbook {playbook.Name} does not look at: "
                + "whether the resource is right, and what would put it right, is for a person to say.");
        }
    }

    /// <summary>The policy's parameters over the playbook's defaults, with what the rule names where it may.</summary>
    /// <exception cref="NotConfiguredException">A value is missing, or the rule and the policy disagree about one.</exception>
    public static JsonElement Parameters(Playbook playbook, JsonElement given, JsonElement set, bool isTrusted)
    {
        var values = playbook.Parameters.Select(p => KeyValuePair.Create(p.Name, Value(playbook, p, given.Member(p.Name), set, isTrusted)));
        var merged = Merging.Merge(Json.Object(values.Where(v => !v.Value.IsNull())), given);
        return playbook.RuleReads.HasTags && isTrusted ? WithTags(merged, set) : merged;
    }

    /// <summary>The policy's parameters over the playbook's defaults, whether or not any is missing.</summary>
    public static JsonElement Given(Playbook playbook, JsonElement given) => Merging.Merge(
        Json.Object(playbook.Parameters.Where(p => !p.Default.IsNull()).Select(p => KeyValuePair.Create(p.Name, p.Default))), given);

    private static JsonElement Value(Playbook playbook, Parameter parameter, JsonElement given, JsonElement set, bool isTrusted)
    {
        ImmutableArray<string> named =
        [
            .. parameter.FromRule.SelectMany(name => RuleList.Of(set.TextOf(name))).Distinct(StringComparer.Ordinal),
        ];
        if (named.IsEmpty)
        {
            return !given.IsNull() ? given
                : !parameter.Default.IsNull() ? parameter.Default
                : Missing(parameter, playbook);
        }

        var list = string.Join(", ", named);
        if (!given.IsNull())
        {
            return Texts(given).All(text => RuleList.Names(named, text))
                ? given
                : throw new NotConfiguredException(
                    $"The rule takes {list} as '{parameter.Name}', and the policy says {string.Join(", ", Texts(given))}: a person has to "
                    + "say which is right."
                );
        }

        if (!isTrusted)
        {
            throw new NotConfiguredException(
                $"Only the rule names a value for '{parameter.Name}' ({list}), and it is not the policy's word. Where that is right, "
                    + $"say it in the policy with 'params: {{{parameter.Name}: …}}', or with 'trust-rule-parameters: true' for all "
                    + "that these rules name."
            );
        }

        return named is [var one]
            ? Json.Text(one)
            : throw new NotConfiguredException(
                $"The rule takes several values for '{parameter.Name}' ({list}): choose one in the policy with 'params: "
                + $"{{{parameter.Name}: …}}'."
            );
    }

    private static JsonElement Missing(Parameter parameter, Playbook playbook) => parameter.Required
        ? throw new NotConfiguredException(
            $"The policy gives no value for '{parameter.Name}', which playbook {playbook.Name} needs. {parameter.Description}")
        : Json.Null;

    /// <summary>The first value that the rule takes for a tag, where the policy gives none.</summary>
    private static JsonElement WithTags(JsonElement parameters, JsonElement set)
    {
        var tags = from n in Enumerable.Range(1, 6)
                   let key = set.TextOf($"tag{n}Key")
                   let allowed = RuleList.Of(set.TextOf($"tag{n}Value"))
                   where key is not null && !allowed.IsEmpty
                   select KeyValuePair.Create(key, Json.Text(allowed[0]));
        var own = Json.Object([KeyValuePair.Create("tags", Json.Object(tags.DistinctBy(t => t.Key)))]);
        return Merging.Merge(own, parameters);
    }

    private static IEnumerable<string> Texts(JsonElement value) =>
        value.IsList() ? value.EnumerateArray().Select(v => v.ToString()) : [value.ToString()];

    // JSON's own true and the console's "True" are one.
    private static JsonElement Text(JsonElement value)
    {
        var text = value.ToString().Trim();
        return Json.Text(text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)
            ? text.ToLowerInvariant()
            : text);
    }
}
