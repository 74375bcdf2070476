using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>The backlog through the model-driven client.</summary>
internal sealed class AwsBacklog(IAwsAccounts accounts) : IBacklog
{
    private const int PageSize = 100;

    public async Task<IReadOnlyList<ConfigRule>> RulesAsync(string account, string region, CancellationToken ct)
    {
        var rules = new List<ConfigRule>();
        await foreach (var page in accounts.For(account, region).PagesAsync("config:DescribeConfigRules", Json.EmptyObject, ct))
        {
            rules.AddRange(Each(page.Member("ConfigRules")).Select(AwsConfigService.Rule));
        }

        return rules;
    }

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
