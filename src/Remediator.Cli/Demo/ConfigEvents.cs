using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>Plays AWS Config: the emulator keeps its rules and never evaluates them, so its events are published from here.</summary>
internal sealed class ConfigEvents(IAws aws, TimeProvider clock)
{
    /// <summary>Makes the rule and gives its ARN.</summary>
    public async Task<RuleRef> PutRuleAsync(Drift drift, CancellationToken ct)
    {
        var rule = new JsonObject
        {
            ["ConfigRuleName"] = drift.RuleName,
            ["Source"] = drift.Source,
            ["Scope"] = new JsonObject { ["ComplianceResourceTypes"] = new JsonArray(drift.Type) },
        };
        if (drift.RuleParameters is { Count: > 0 } parameters)
        {
            rule["InputParameters"] = parameters.ToJsonString();
        }

        await aws.SendAsync("config:PutConfigRule", new() { ["ConfigRule"] = rule }, ct);
        var output = await aws.SendAsync("config:DescribeConfigRules", new() { ["ConfigRuleNames"] = new JsonArray(drift.RuleName) }, ct);
        return new(drift.RuleName, output.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
    }

    /// <summary>Puts an event on the bus, as Config does when a rule's verdict on a resource changes.</summary>
    public async Task PublishAsync(Seeded seeded, string compliance, CancellationToken ct)
    {
        var output = await aws.SendAsync("events:PutEvents", new()
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["Source"] = "aws.config",
                ["DetailType"] = "Config Rules Compliance Change",
                ["Detail"] = Detail(seeded, compliance).ToJsonString(),
            }),
        }, ct);
        if (output.Member("FailedEntryCount") is { ValueKind: JsonValueKind.Number } failed && failed.GetInt32() > 0)
        {
            throw new EmulatorException($"EventBridge did not take the event: {output.GetRawText()}");
        }
    }

    private JsonObject Detail(Seeded seeded, string compliance)
    {
        var now = clock.GetUtcNow();
        var found = compliance is "NON_COMPLIANT" && seeded.Drift.Recorded is { } recorded ? recorded.Found : now;
        var detail = ConfigEventJson.Detail(seeded.Resource, seeded.Rule, compliance, now, found);
        if (compliance is "NON_COMPLIANT" && seeded.Drift.Recorded is { Held: var held })
        {
            detail["oldEvaluationResult"] = new JsonObject
            {
                ["complianceType"] = "COMPLIANT",
                ["evaluationResultIdentifier"] = new JsonObject { ["orderingTimestamp"] = ConfigEventJson.Written(held) },
            };
        }

        return detail;
    }
}

/// <summary>A drifted resource as it stands on the emulator.</summary>
/// <param name="Id">As Config names it.</param>
/// <param name="Before">What was read of it before any event.</param>
internal sealed record Seeded(Drift Drift, string Id, RuleRef Rule, JsonElement Before)
{
    public ResourceKey Resource => new(TemplateDeployer.Account, TemplateDeployer.Region, Drift.Type, Id);
}
