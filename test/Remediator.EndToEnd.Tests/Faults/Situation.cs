using System.Text.Json;
using Remediator.Aws;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>A drifted resource in a separate account, with its rule, its event, and a policy that permits the fix.</summary>
internal abstract class Situation(ComplianceChange change)
{
    public ComplianceChange Change => change;

    public string Event => Some.Event(change);

    public abstract string Policy { get; }

    /// <summary>Whether an undo must restore exactly what was read before.</summary>
    public abstract bool IsUndoneExactly { get; }

    /// <summary>The resource's settings, one line of JSON for each read.</summary>
    public abstract Task<string> ReadAsync(CancellationToken ct);

    public abstract Task<bool> IsRightAsync(CancellationToken ct);

    /// <param name="name">The name of a playbook's case, or of a rollback.</param>
    public static async Task<Situation> SeedAsync(World world, string name, CancellationToken ct) =>
        RollbackOnWire.Knows(name) ? await RollbackOnWire.OfAsync(world, name, ct) : await CaseOnWire.OfAsync(world, name, ct);

    protected static async Task<RuleRef> PutRuleAsync(IAws aws, string name, string source, JsonElement parameters, CancellationToken ct)
    {
        await aws.CallAsync("config:PutConfigRule", Json.Object([KeyValuePair.Create("ConfigRule", Json.Object(
        [
            KeyValuePair.Create("ConfigRuleName", Json.Text(name)),
            KeyValuePair.Create("Source", Json.Parse(source)),
            KeyValuePair.Create("InputParameters", Json.Text(parameters.IsNull() ? "{}" : parameters.GetRawText())),
        ]))]), ct);
        var found = await aws.CallAsync("config:DescribeConfigRules", Json.Parse($$"""{"ConfigRuleNames":["{{name}}"]}"""), ct);
        return new(name, found.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
    }
}
