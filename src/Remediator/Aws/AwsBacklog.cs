using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>The backlog through the model-driven client.</summary>
internal sealed class AwsBacklog(IAwsAccounts accounts) : IBacklog
{
    private const int PageSize = 100;

    /// <summary>So many rules may be named in one call.</summary>
    private const int MostNames = 25;

    public async Task<IReadOnlyList<string>?> NonCompliantRulesAsync(string account, string region, CancellationToken ct)
    {
        var names = new List<string>();
        try
        {
            var asked = accounts.For(account, region)
                .PagesAsync("config:DescribeComplianceByConfigRule", OfCompliance("NON_COMPLIANT"), ct);
            await foreach (var page in asked)
            {
                names.AddRange(Each(page.Member("ComplianceByConfigRules")).Select(r => r.TextOf("ConfigRuleName") ?? ""));
            }

            return names;
        }
        catch (AwsException e) when (e.Fault is AwsFault.Denied)
        {
            // A member's role of before this was asked: rule by rule then.
            return null;
        }
    }

    public async Task<IReadOnlyList<ConfigRule>> RulesAsync(
        string account, string region, IReadOnlyList<string>? names, CancellationToken ct)
    {
        if (names is null)
        {
            return await RulesAsync(account, region, Json.EmptyObject, ct);
        }

        var rules = new List<ConfigRule>();
        foreach (var some in names.Chunk(MostNames))
        {
            rules.AddRange(await NamedAsync(account, region, some, ct));
        }

        return rules;
    }

    /// <summary>One that was deleted since fails the call for all: then each is asked for by itself.</summary>
    private async Task<IReadOnlyList<ConfigRule>> NamedAsync(string account, string region, string[] names, CancellationToken ct)
    {
        try
        {
            return await RulesAsync(account, region, Json.Object([new("ConfigRuleNames", Json.List(names.Select(Json.Text)))]), ct);
        }
        catch (AwsException e) when (e.Code is "NoSuchConfigRuleException")
        {
            var rules = new List<ConfigRule>();
            foreach (var name in names.Length > 1 ? names : [])
            {
                rules.AddRange(await NamedAsync(account, region, [name], ct));
            }

            return rules;
        }
    }

    private async Task<IReadOnlyList<ConfigRule>> RulesAsync(string account, string region, JsonElement input, CancellationToken ct)
    {
        var rules = new List<ConfigRule>();
        await foreach (var page in accounts.For(account, region).PagesAsync("config:DescribeConfigRules", input, ct))
        {
            rules.AddRange(Each(page.Member("ConfigRules")).Select(AwsConfigService.Rule));
        }

        return rules;
    }

    private static JsonElement OfCompliance(string type) => Json.Object([new("ComplianceTypes", Json.List([Json.Text(type)]))]);

    public async Task<BacklogPage> NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct)
    {
        try
        {
            var output = await accounts.For(account, region).CallAsync("config:GetComplianceDetailsByConfigRule", Input(rule, page), ct);
            return new([.. Each(output.Member("EvaluationResults")).Select(Resource)], output.TextOf("NextToken"));
        }
        catch (AwsException e) when (e.Code is "InvalidNextTokenException" && page is not null)
        {
            return await NonCompliantAsync(account, region, rule, null, ct);
        }
        catch (AwsException e) when (e.Code is "NoSuchConfigRuleException")
        {
            return new([], null);
        }
    }

    private static JsonElement Input(string rule, string? page) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("ConfigRuleName"u8, rule);
        w.WriteStartArray("ComplianceTypes"u8);
        w.WriteStringValue("NON_COMPLIANT"u8);
        w.WriteEndArray();
        w.WriteNumber("Limit"u8, PageSize);
        if (page is not null)
        {
            w.WriteString("NextToken"u8, page);
        }

        w.WriteEndObject();
    });

    private static NonCompliant Resource(JsonElement result)
    {
        var of = result.Member("EvaluationResultIdentifier").Member("EvaluationResultQualifier");
        return new(
            of.TextOf("ResourceType") ?? "",
            of.TextOf("ResourceId") ?? "",
            AwsConfigService.TimeOf(result.Member("ResultRecordedTime")),
            result.TextOf("Annotation"));
    }

    private static JsonElement.ArrayEnumerator Each(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
