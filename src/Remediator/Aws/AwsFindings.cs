using System.Text.Json;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>
/// Security Hub, in the account and region of the resource. A finding of its own controls names the Config rule behind it; one that AWS
/// Config sent has the rule's ARN.
/// </summary>
internal sealed class AwsFindings(IAwsAccounts accounts) : IFindings
{
    public const string Read = "securityhub:GetFindings";
    public const string Write = "securityhub:BatchUpdateFindings";

    private const string By = "Remediator";
    private const string Earlier = " | Before that ";
    private const int LongestNote = 512;
    private const string OfHub = ":config-rule/aws-service-rule/securityhub.";

    /// <summary>It can do nothing but this.</summary>
    private static readonly RoleSession Session = new(By)
    {
        Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{Read}}","{{Write}}"],"Resource":"*"}]}""",
    };

    public async Task<IReadOnlyList<Finding>> FindAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct)
    {
        try
        {
            var found = new List<Finding>();
            await foreach (var page in Enter(resource, region).PagesAsync(Read, Filter(resource, rule), ct))
            {
                found.AddRange(Items(page.Member("Findings")).Where(f => IsOf(f, resource, region)).Select(Of));
            }

            return found;
        }
        catch (AwsException e) when (e.Code is "InvalidAccessException")
        {
            // Security Hub's answer where it is off; a missing permission is AccessDeniedException.
            return [];
        }
    }

    public async Task NoteAsync(ResourceKey resource, string region, Finding finding, string text, CancellationToken ct)
    {
        var answer = await Enter(resource, region).CallAsync(
            Write,
            Json.Object([
                new("FindingIdentifiers", Json.List([
                    Json.Object([new("Id", Json.Text(finding.Id)), new("ProductArn", Json.Text(finding.ProductArn))]),
                ])),
                new("Note", Json.Object([new("Text", Json.Text(WithEarlier(text, finding))), new("UpdatedBy", Json.Text(By))])),
            ]),
            ct);
        if (Items(answer.Member("UnprocessedFindings")).FirstOrDefault() is { ValueKind: JsonValueKind.Object } refused)
        {
            throw new AwsException(Write, refused.TextOf("ErrorCode") ?? "Unprocessed", 200, "", refused.TextOf("ErrorMessage") ?? "");
        }
    }

    private IAws Enter(ResourceKey resource, string region) => accounts.For(resource.Account, region, Session);

    private static string WithEarlier(string text, Finding finding)
    {
        var theirs = finding.NoteBy is "" ? ""
            : finding.NoteBy != By ? $"{Earlier}{finding.NoteBy} wrote: {finding.Note}"
            : finding.Note.IndexOf(Earlier, StringComparison.Ordinal) is var at and >= 0 ? finding.Note[at..]
            : "";
        return (text + theirs).Cut(LongestNote);
    }

    private static JsonElement Filter(ResourceKey resource, RuleRef rule)
    {
        var (key, value) = rule.Arn.Contains(OfHub, StringComparison.Ordinal)
            ? ("RelatedAWSResources:0/name", rule.Name)
            : ("aws/config/ConfigRuleArn", rule.Arn);
        return Json.Object([
            new("Filters", Json.Object([
                new("AwsAccountId", Equal([new("Value", Json.Text(resource.Account))])),
                new("RecordState", Equal([new("Value", Json.Text("ACTIVE"))])),
                new("ProductFields", Equal([new("Key", Json.Text(key)), new("Value", Json.Text(value))])),
            ])),
        ]);
    }

    private static JsonElement Equal(IEnumerable<KeyValuePair<string, JsonElement>> what) =>
        Json.List([Json.Object([.. what, new("Comparison", Json.Text("EQUALS"))])]);

    /// <summary>Findings name resources by ARN where they have one, and the account by a name of its own.</summary>
    private static bool IsOf(JsonElement finding, ResourceKey resource, string region)
    {
        var arn = ResourceArns.Of(resource with { Region = region }, AwsPartition.Of(region).Name);
        return Items(finding.Member("Resources")).Select(r => r.TextOf("Id") ?? "").Any(id =>
            id == arn || id == resource.Id || id == $"AWS::::Account:{resource.Id}"
            || (arn is null && (id.EndsWith($"/{resource.Id}", StringComparison.Ordinal)
                || id.EndsWith($":{resource.Id}", StringComparison.Ordinal))));
    }

    private static Finding Of(JsonElement finding) => new(finding.TextOf("Id") ?? "", finding.TextOf("ProductArn") ?? "")
    {
        IsSuppressed = finding.Member("Workflow").TextOf("Status") is "SUPPRESSED",
        Note = finding.Member("Note").TextOf("Text") ?? "",
        NoteBy = finding.Member("Note").TextOf("UpdatedBy") ?? "",
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
