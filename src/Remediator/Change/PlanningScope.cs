using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>The values that a playbook's expressions start from.</summary>
internal static class PlanningScope
{
    /// <exception cref="NotConfiguredException">The policy and the rule do not say what is needed, or more than the playbook knows.</exception>
    public static Scope Of(Incident incident, Playbook playbook, DeployedRule rule, JsonElement policyParameters)
    {
        var set = RuleParameters.Set(rule.Parameters);
        RuleParameters.RequireKnown(playbook, rule.Identifier, set);
        return Of(incident, set, RuleParameters.Parameters(playbook, policyParameters, set, rule.IsTrusted));
    }

    private static Scope Of(Incident incident, JsonElement rule, JsonElement parameters) => Scope.Empty
        .With("event", Texts(
            ("account", incident.Resource.Account),
            ("region", incident.Region),
            ("ruleName", incident.Rule.Name),
            ("ruleArn", incident.Rule.Arn),
            ("resourceType", incident.Resource.Type),
            ("resourceId", incident.Resource.Id),
            ("annotation", incident.Origin.Annotation ?? "")))
        .With("rule", rule)
        .With("resource", Resource(incident))
        .With("account", Texts(
            ("id", incident.Resource.Account),
            ("region", incident.Region),
            ("partition", Partition(incident))))
        .With("params", parameters);

    private static JsonElement Resource(Incident incident) => ResourceArns.Of(incident.Resource with { Region = incident.Region }, Partition(incident)) is { } arn
        ? Texts(("id", incident.Resource.Id), ("type", incident.Resource.Type), ("arn", arn))
        : Texts(("id", incident.Resource.Id), ("type", incident.Resource.Type));

    private static string Partition(Incident incident) => incident.Rule.Arn.Split(':') is [_, var partition, ..] ? partition : "aws";

    private static JsonElement Texts(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var values = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (name, value) in members)
        {
            values.Add(new(name, Json.Text(value)));
        }

        return Json.Object(values);
    }
}
