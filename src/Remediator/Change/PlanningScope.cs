using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>The values that a playbook's expressions start from.</summary>
internal static class PlanningScope
{
    /// <exception cref="NotConfiguredException">
    /// The policy and the rule do not say what is needed, or more than the playbook knows.
    /// </exception>
    public static Scope Of(Incident incident, Playbook playbook, DeployedRule rule, JsonElement policyParameters)
    {
        var set = RuleParameters.Set(rule.Parameters);
        RuleParameters.RequireKnown(playbook, rule.Identifier, set);
        return Of(incident, playbook, set, RuleParameters.Parameters(playbook, policyParameters, set, rule.IsTrusted));
    }

    /// <summary>For a rollback, which goes to no wanted value: parameters that are not given are not missed before they are used.</summary>
    public static Scope OfRollback(Incident incident, Playbook playbook, DeployedRule rule, JsonElement policyParameters) => Of(
        incident, playbook, RuleParameters.Set(rule.Parameters), RuleParameters.Given(playbook, policyParameters));

    /// <summary>For a guide, which knows neither the policy's parameters nor a state.</summary>
    /// <param name="rule">The rule's parameters; undefined where the guide does not use them.</param>
    public static Scope OfGuide(Incident incident, Playbook reads, JsonElement rule) =>
        Base(incident, reads).With("rule", RuleParameters.Set(rule));

    private static Scope Of(Incident incident, Playbook playbook, JsonElement rule, JsonElement parameters) =>
        Base(incident, playbook).With("rule", rule).With("params", parameters);

    private static Scope Base(Incident incident, Playbook playbook) => Scope.Empty
        .With("event", Texts(
            ("account", incident.Resource.Account),
            ("region", incident.Region),
            ("ruleName", incident.Rule.Name),
            ("ruleArn", incident.Rule.Arn),
            ("resourceType", incident.Resource.Type),
            ("resourceId", incident.Resource.Id),
            ("annotation", incident.Origin.Annotation ?? ""),
            ("recordedAt", incident.Origin.RecordedAt.ToString("O", CultureInfo.InvariantCulture))))
        .With("resource", Resource(incident, playbook))
        .With("account", Texts(
            ("id", incident.Resource.Account),
            ("region", incident.Region),
            ("partition", Partition(incident))));

    private static JsonElement Resource(Incident incident, Playbook playbook)
    {
        var needsParts = playbook.Source.Contains("resource.name", StringComparison.Ordinal)
            || playbook.Source.Contains("resource.parts", StringComparison.Ordinal);
        var name = ResourceName.Read(incident.Resource with { Region = incident.Region }, Partition(incident), needsParts);
        var texts = new List<KeyValuePair<string, JsonElement>>
        {
            KeyValuePair.Create("id", Json.Text(incident.Resource.Id)),
            KeyValuePair.Create("type", Json.Text(incident.Resource.Type)),
        };
        if (name.Arn is { } arn)
        {
            texts.Add(KeyValuePair.Create("arn", Json.Text(arn)));
        }

        if (name.Parts is [.., var last])
        {
            texts.Add(KeyValuePair.Create("name", Json.Text(last)));
            texts.Add(KeyValuePair.Create("parts", Json.List(name.Parts.Select(Json.Text))));
        }

        return Json.Object(texts);
    }

    private static string Partition(Incident incident) => AwsPartition.Of(incident.Region).Name;

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
