using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>AWS Config through the model-driven client: its own package is not on the feed this project builds from.</summary>
internal sealed class AwsConfigService(IAwsAccounts accounts, TimeProvider clock) : IConfigService
{
    /// <summary>A rule's parameters may change; its identity does not.</summary>
    private static readonly TimeSpan RuleLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Account, string Arn), (ConfigRule Rule, DateTimeOffset Until)> _rules = [];

    public async Task<ConfigRule?> RuleAsync(string account, string region, RuleRef rule, CancellationToken ct)
    {
        if (_rules.TryGetValue((account, rule.Arn), out var cached) && cached.Until > clock.GetUtcNow())
        {
            return cached.Rule;
        }

        var found = await DescribeAsync(account, region, rule.Name, r => r.Arn == rule.Arn, ct);
        if (found is not null)
        {
            _rules[(account, rule.Arn)] = (found, clock.GetUtcNow() + RuleLife);
        }

        return found;
    }

    public async Task<RuleRef?> RuleNamedAsync(string account, string region, string name, CancellationToken ct) =>
        await DescribeAsync(account, region, name, _ => true, ct) is { Arn.Length: > 0 } found ? new(name, found.Arn) : null;

    public async Task<Evaluation?> EvaluationAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct)
    {
        await foreach (var result in ResultsAsync(resource, region, ct))
        {
            if (RuleOf(result) == rule.Name)
            {
                var ordered = result.Member("EvaluationResultIdentifier").Member("OrderingTimestamp");
                return new(ComplianceOf(result.TextOf("ComplianceType")), TimeOf(result.Member("ResultRecordedTime")))
                {
                    OrderedAt = ordered.IsNull() ? null : TimeOf(ordered),
                };
            }
        }

        return null;
    }

    /// <summary>What each rule that evaluates the resource says of it.</summary>
    public async Task<IReadOnlyDictionary<string, Compliance>> EvaluationsAsync(ResourceKey resource, string region, CancellationToken ct)
    {
        var said = new Dictionary<string, Compliance>(StringComparer.Ordinal);
        await foreach (var result in ResultsAsync(resource, region, ct))
        {
            if (RuleOf(result) is { } rule)
            {
                said.TryAdd(rule, ComplianceOf(result.TextOf("ComplianceType")));
            }
        }

        return said;
    }

    public async Task<DateTimeOffset?> CreatedAsync(ResourceKey resource, CancellationToken ct)
    {
        var item = await LatestItem.OfAsync(accounts.For(resource.Account, resource.Region), resource, ct);
        return item.Member("resourceCreationTime") is var time && !time.IsNull() ? TimeOf(time) : null;
    }

    private async IAsyncEnumerable<JsonElement> ResultsAsync(
        ResourceKey resource, string region, [EnumeratorCancellation] CancellationToken ct)
    {
        var input = Json.Object(
            new Dictionary<string, JsonElement> { ["ResourceType"] = Json.Text(resource.Type), ["ResourceId"] = Json.Text(resource.Id) });
        await foreach (var page in accounts.For(resource.Account, region).PagesAsync("config:GetComplianceDetailsByResource", input, ct))
        {
            foreach (
                var result in page.Member("EvaluationResults") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
            {
                yield return result;
            }
        }
    }

    private static string? RuleOf(JsonElement result) =>
        result.Member("EvaluationResultIdentifier").Member("EvaluationResultQualifier").TextOf("ConfigRuleName");

    public async Task ReevaluateAsync(string account, string region, IReadOnlyList<string> ruleNames, CancellationToken ct)
    {
        var input = Json.Object([KeyValuePair.Create("ConfigRuleNames", Json.List(ruleNames.Select(Json.Text)))]);
        try
        {
            await accounts.For(account, region).CallAsync("config:StartConfigRulesEvaluation", input, ct);
        }
        catch (AwsException e) when (e.Code is "LimitExceededException" or "ResourceInUseException")
        {
            // It evaluates them already.
        }
    }

    private async Task<ConfigRule?> DescribeAsync(
        string account, string region, string name, Func<ConfigRule, bool> isMeant, CancellationToken ct)
    {
        try
        {
            var input = Json.Object([KeyValuePair.Create("ConfigRuleNames", Json.List([Json.Text(name)]))]);
            var output = await accounts.For(account, region).CallAsync("config:DescribeConfigRules", input, ct);
            return output.Member("ConfigRules") is { ValueKind: JsonValueKind.Array } rules
                ? rules.EnumerateArray().Select(Rule).FirstOrDefault(isMeant)
                : null;
        }
        catch (AwsException e) when (e.Code is "NoSuchConfigRuleException")
        {
            return null;
        }
    }

    internal static ConfigRule Rule(JsonElement rule) => new(
        rule.TextOf("ConfigRuleName") ?? "",
        rule.TextOf("ConfigRuleArn") ?? "",
        rule.Member("Source").TextOf("Owner") ?? "",
        rule.Member("Source").TextOf("SourceIdentifier") ?? "",
        rule.TextOf("InputParameters") is { Length: > 0 } parameters ? Json.Parse(parameters) : Json.EmptyObject)
    {
        Trigger = TriggerOf(rule.Member("Source").Member("SourceDetails")),
        ScopeTypes = rule.Member("Scope").Member("ComplianceResourceTypes") is { ValueKind: JsonValueKind.Array } types
            ? [.. types.EnumerateArray().Select(t => t.GetString() ?? "")]
            : [],
    };

    private static RuleTrigger TriggerOf(JsonElement details)
    {
        var types = (details.IsList() ? details.EnumerateArray() : default).Select(d => d.TextOf("MessageType") ?? "").ToList();
        return types.Contains("ConfigurationItemChangeNotification") ? RuleTrigger.Change
            : types.Contains("ScheduledNotification") ? RuleTrigger.Periodic
            : RuleTrigger.Unknown;
    }

    private static Compliance ComplianceOf(string? type) => type switch
    {
        "COMPLIANT" => Compliance.Compliant,
        "NON_COMPLIANT" => Compliance.NonCompliant,
        _ => Compliance.NotApplicable,
    };

    internal static DateTimeOffset TimeOf(JsonElement time) => time.ValueKind is JsonValueKind.Number
        ? DateTimeOffset.UnixEpoch.AddSeconds(time.GetDouble())
        : DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
