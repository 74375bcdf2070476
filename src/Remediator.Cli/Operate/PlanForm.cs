using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>Incidents whose plans are equal except for the resource: showing one of them shows all.</summary>
internal sealed record PlanForm(ImmutableArray<Incident> Incidents)
{
    private const string Resource = "(resource)";
    private const int ShortestPart = 4;

    public Incident First => Incidents[0];

    /// <summary>The largest groups first.</summary>
    public static ImmutableArray<PlanForm> Of(IEnumerable<Incident> incidents) =>
    [
        .. incidents.GroupBy(KeyOf, StringComparer.Ordinal).Select(g => new PlanForm([.. g])).OrderByDescending(f => f.Incidents.Length),
    ];

    /// <summary>The plan of the first, with the resource's name left open.</summary>
    public Plan? Plan => First.Asked is not { } plan ? null : new(
        [.. plan.Steps.Select(s => s with { Calls = [.. s.Calls.Select(c => c with { Input = Open(c.Input, First.Resource) })] })]);

    private static string KeyOf(Incident i) => i.Asked is not { } plan
        ? $"{i.Rule.Name}|{i.Reason}"
        : string.Join('\n', [
            i.Playbook,
            .. DifferenceLines.Of(new Plan([.. plan.Steps.Select(s => Open(s, i.Resource))]), withValues: true).Select(l => l.ToString()),
            .. plan.Calls.Select(c => $"{c.Operation} {Open(c.Input, i.Resource)}"),
        ]);

    private static StepPlan Open(StepPlan step, ResourceKey resource) => step with
    {
        Before = Open(step.Before, resource),
        After = Open(step.After, resource),
        Removed = [.. step.Removed.Select(item => Open(item, resource))],
        Added = [.. step.Added.Select(item => Open(item, resource))],
    };

    /// <summary>The same value, with whatever names the resource, its account and its region left open.</summary>
    private static JsonElement Open(JsonElement value, ResourceKey resource) => value.ValueKind switch
    {
        JsonValueKind.Object => Json.Object(value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, Open(m.Value, resource)))),
        JsonValueKind.Array => Json.List(value.EnumerateArray().Select(item => Open(item, resource))),
        JsonValueKind.String => Json.Text(Open(value.GetString()!, resource)),
        _ => value,
    };

    private static string Open(string text, ResourceKey resource)
    {
        foreach (var name in new[] { resource.Id, resource.Id.Split('/', ':')[^1] })
        {
            text = text == name ? Resource : name.Length >= ShortestPart ? text.Replace(name, Resource, StringComparison.Ordinal) : text;
        }

        return text.Contains("arn:", StringComparison.Ordinal)
            ? text.Replace($":{resource.Account}:", ":(account):", StringComparison.Ordinal)
                .Replace($":{resource.Region}:", ":(region):", StringComparison.Ordinal)
            : text;
    }
}
