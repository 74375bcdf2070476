using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>
/// An aggregator through the model-driven client, in three queries: whose results are out of date, who has results in each region, and
/// which rules find something.
/// </summary>
internal sealed class AwsAggregator(IAwsAccounts accounts) : IAggregator
{
    private const string AllRegions = "";

    public async Task<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>> NonCompliantRulesAsync(
        Aggregator from, IEnumerable<string> regions, CancellationToken ct)
    {
        var found = new Dictionary<(string Account, string Region), IReadOnlyList<string>>();
        var aws = accounts.For(from.Account, from.Region);
        if (await OutOfDateAsync(aws, from.Name, ct) is not { } old)
        {
            return found;
        }

        foreach (var region in regions)
        {
            foreach (var account in await AccountsAsync(aws, from.Name, region, ct))
            {
                if (!old.Contains((account, region)) && !old.Contains((account, AllRegions)))
                {
                    found[(account, region)] = [];
                }
            }
        }

        await foreach (var (place, rule) in RulesAsync(aws, from.Name, ct))
        {
            if (found.TryGetValue(place, out var rules))
            {
                found[place] = [.. rules, rule];
            }
        }

        return found;
    }

    /// <summary>The places whose results did not arrive; null where that is so of the whole organisation.</summary>
    private static async Task<HashSet<(string Account, string Region)>?> OutOfDateAsync(IAws aws, string name, CancellationToken ct)
    {
        var old = new HashSet<(string, string)>();
        var input = Json.Object([Named(name), new("UpdateStatus", Json.List([Json.Text("FAILED"), Json.Text("OUTDATED")]))]);
        await foreach (var page in aws.PagesAsync("config:DescribeConfigurationAggregatorSourcesStatus", input, ct))
        {
            foreach (var source in Each(page.Member("AggregatedSourceStatusList")))
            {
                if (source.TextOf("SourceType") is not "ACCOUNT" || source.TextOf("SourceId") is not { } account)
                {
                    return null;
                }

                old.Add((account, source.TextOf("AwsRegion") ?? AllRegions));
            }
        }

        return old;
    }

    /// <summary>The accounts that have results of rules in a region, right ones too.</summary>
    private static async Task<List<string>> AccountsAsync(IAws aws, string name, string region, CancellationToken ct)
    {
        var found = new List<string>();
        var input = Json.Object([
            Named(name),
            new("Filters", Json.Object([new("AwsRegion", Json.Text(region))])),
            new("GroupByKey", Json.Text("ACCOUNT_ID")),
        ]);
        await foreach (var page in aws.PagesAsync("config:GetAggregateConfigRuleComplianceSummary", input, ct))
        {
            found.AddRange(Each(page.Member("AggregateComplianceCounts")).Select(c => c.TextOf("GroupName")).OfType<string>());
        }

        return found;
    }

    private static async IAsyncEnumerable<((string Account, string Region) Place, string Rule)> RulesAsync(
        IAws aws, string name, [EnumeratorCancellation] CancellationToken ct)
    {
        var input = Json.Object([Named(name), new("Filters", Json.Object([new("ComplianceType", Json.Text("NON_COMPLIANT"))]))]);
        await foreach (var page in aws.PagesAsync("config:DescribeAggregateComplianceByConfigRules", input, ct))
        {
            foreach (var rule in Each(page.Member("AggregateComplianceByConfigRules")))
            {
                yield return (
                    (rule.TextOf("AccountId") ?? "", rule.TextOf("AwsRegion") ?? ""), rule.TextOf("ConfigRuleName") ?? "");
            }
        }
    }

    private static KeyValuePair<string, JsonElement> Named(string name) => new("ConfigurationAggregatorName", Json.Text(name));

    private static JsonElement.ArrayEnumerator Each(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
