using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>The values that a playbook's expressions start from.</summary>
internal static class PlanningScope
{
    public static Scope Of(Incident incident, Decision.Act act) => Scope.Empty
        .With("event", Texts(
            ("account", incident.Resource.Account),
            ("region", incident.Region),
            ("ruleName", incident.Rule.Name),
            ("ruleArn", incident.Rule.Arn),
            ("resourceType", incident.Resource.Type),
            ("resourceId", incident.Resource.Id),
            ("annotation", incident.Annotation ?? "")))
        .With("rule", act.Rule.InputParameters)
        .With("resource", Resource(incident))
        .With("account", Texts(
            ("id", incident.Resource.Account),
            ("region", incident.Region),
            ("partition", Partition(incident))))
        .With("params", Parameters(act));

    private static JsonElement Resource(Incident incident) => ResourceArns.Of(incident.Resource with { Region = incident.Region }, Partition(incident)) is { } arn
        ? Texts(("id", incident.Resource.Id), ("type", incident.Resource.Type), ("arn", arn))
        : Texts(("id", incident.Resource.Id), ("type", incident.Resource.Type));

    private static string Partition(Incident incident) => AwsPartition.Of(incident.Region).Name;

    private static JsonElement Parameters(Decision.Act act)
    {
        var given = act.Policy.Parameters;
        var missing = act.Playbook.Parameters.FirstOrDefault(p => p.Required && given.Member(p.Name).IsNull());
        if (missing is not null)
        {
            throw new MissingValueException(missing.At, $"params.{missing.Name}");
        }

        var defaults = act.Playbook.Parameters.Where(p => !p.Default.IsNull()).Select(p => KeyValuePair.Create(p.Name, p.Default));
        return Merging.Merge(Json.Object(defaults), given);
    }

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
