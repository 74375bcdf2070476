using System.Text.Json;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Replay;

/// <summary>A policy with a mode and parameters laid over it. Exemptions, freezes and budgets still apply.</summary>
internal static class PolicyOverride
{
    public static Policy Apply(Policy policy, Mode? mode, JsonElement parameters) => policy with
    {
        Defaults = Apply(policy.Defaults, mode, parameters),
        Rules = [.. policy.Rules.Select(entry => Apply(entry, mode, parameters))],
    };

    /// <summary>
    /// Reads <c>name=value</c>: the value is JSON where it can be read as such, else text; dots in the name lead into objects.
    /// </summary>
    public static JsonElement Parameters(IEnumerable<string> assignments) =>
        assignments.Aggregate(Json.EmptyObject, (all, one) => Merging.Merge(all, Parameter(one)));

    private static PolicyEntry Apply(PolicyEntry entry, Mode? mode, JsonElement parameters) => entry with
    {
        Mode = mode ?? entry.Mode,
        Rollout = mode is null ? entry.Rollout : new(100),
        Parameters = Merging.Merge(entry.Parameters, parameters),
    };

    private static JsonElement Parameter(string assignment)
    {
        var (name, value) = assignment.Split('=', 2) is [{ Length: > 0 } left, var right]
            ? (left, right)
            : throw new UsageException($"'--param {assignment}' is not of the form name=value.");
        return name.Split('.').Reverse().Aggregate(Value(value), (inner, part) => Json.Object([KeyValuePair.Create(part, inner)]));
    }

    private static JsonElement Value(string text)
    {
        try
        {
            return Json.Parse(text);
        }
        catch (JsonException)
        {
            return Json.Text(text);
        }
    }
}
