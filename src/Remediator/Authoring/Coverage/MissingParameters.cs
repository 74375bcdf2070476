using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change;
using Remediator.Change.Tags;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Authoring.Coverage;

/// <summary>What a playbook needs but neither the policy nor the deployed rule gives, found before any event.</summary>
internal static class MissingParameters
{
    /// <summary>The missing parameters, or a sentence about another obstacle.</summary>
    public static (ImmutableArray<string> Names, string Why) Of(ChangeOrder order)
    {
        if (order.Wanted is not { } playbook)
        {
            return ([], "");
        }

        var set = RuleParameters.Set(order.Rule.Parameters);
        ImmutableArray<string> required = [.. playbook.Parameters.Where(p => IsMissing(p, order.Parameters, set)).Select(p => p.Name)];
        if (!required.IsEmpty)
        {
            return (required, "");
        }

        try
        {
            RuleParameters.RequireKnown(playbook, order.Rule.Identifier, set);
            var values = RuleParameters.Parameters(playbook, order.Parameters, set, order.Rule.IsTrusted);
            return ([.. playbook.RuleReads.HasTags && order.TagsFrom is [TagSource.Policy] ? Tags(set, values.Member("tags")) : []], "");
        }
        catch (NotConfiguredException e)
        {
            return ([], e.Message);
        }
    }

    private static bool IsMissing(Parameter parameter, JsonElement given, JsonElement set) => parameter.Required
        && given.Member(parameter.Name).IsNull()
        && parameter.FromRule.All(name => RuleList.Of(set.TextOf(name)).IsEmpty);

    private static IEnumerable<string> Tags(JsonElement set, JsonElement values)
    {
        var wanted = RequiredTag.Of(set);
        return wanted.IsEmpty && !(values.IsObject() && values.EnumerateObject().Any())
            ? ["tags"]
            : wanted.Where(tag => values.Member(tag.Key).IsNull()).Select(tag => $"tags.{tag.Key}");
    }
}
