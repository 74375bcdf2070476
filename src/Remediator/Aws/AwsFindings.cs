using System.Text.Json;
using Remediator.Aws.Endpoints;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>
/// Security Hub, in the account and region of the resource. A finding of its own controls names the Config rule behind it; one that AWS
/// Config sent has the rule's ARN. Both name the resource by its ARN, which AWS Config knows where it does not follow from the id.
/// </summary>
internal sealed class AwsFindings(IAwsAccounts accounts) : IFindings
{
    public const string Read = "securityhub:GetFindings";
    public const string Write = "securityhub:BatchUpdateFindings";

    private const string By = "Remediator";
    private const string Earlier = " | Before that ";
    private const int LongestNote = 512;
    private const int PageSize = 100;
    private const int Tries = 2;
    private const string OfHub = ":config-rule/aws-service-rule/securityhub.";

    /// <summary>It can do nothing but this.</summary>
    private static readonly RoleSession Session = new(By)
    {
        Policy = $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{Read}}","{{Write}}","{{LatestItem.Read}}"],"Resource":"*"}]}
            """,
    };

    public async Task<IReadOnlyList<Finding>> FindAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct)
    {
        try
        {
            var aws = Enter(resource, region);
            var arn = Arn(resource, region) ?? (await LatestItem.OfAsync(aws, resource, ct)).TextOf("arn");
            var found = new List<Finding>();
            await foreach (var page in aws.PagesAsync(Read, Filter(resource, arn, rule), ct))
            {
                found.AddRange(Items(page.Member("Findings")).Where(f => IsOf(f, resource, arn)).Select(Of));
            }

            return found;
        }
        catch (AwsException e) when (e.Code is "InvalidAccessException"
            && e.ServiceMessage.Contains("not subscribed", StringComparison.OrdinalIgnoreCase))
        {
            // Security Hub's answer where it is off. It has the same code for an account that may not ask, which is no answer.
            return [];
        }
    }

    public async Task NoteAsync(ResourceKey resource, string region, Finding finding, string text, CancellationToken ct)
    {
        var note = Json.Object([
            new("FindingIdentifiers", Json.List([
                Json.Object([new("Id", Json.Text(finding.Id)), new("ProductArn", Json.Text(finding.ProductArn))]),
            ])),
            new("Note", Json.Object([new("Text", Json.Text(WithEarlier(text, finding))), new("UpdatedBy", Json.Text(By))])),
        ]);
        for (var tries = 1; await RefusalAsync(Enter(resource, region), note, ct) is { } refused; tries++)
        {
            // Security Hub updates a finding itself when its rule is evaluated, which a fix brings about.
            if (tries >= Tries || refused.Code is not ("ConcurrentUpdateError" or "InternalFailure"))
            {
                throw refused;
            }
        }
    }

    /// <summary>A request succeeds although it updates nothing: what it did not update is in its answer.</summary>
    private static async Task<AwsException?> RefusalAsync(IAws aws, JsonElement note, CancellationToken ct)
    {
        var answer = await aws.CallAsync(Write, note, ct);
        return Items(answer.Member("UnprocessedFindings")).FirstOrDefault() is { ValueKind: JsonValueKind.Object } refused
            ? new(Write, refused.TextOf("ErrorCode") ?? "Unprocessed", 200, "", refused.TextOf("ErrorMessage") ?? "")
            : null;
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

    private static JsonElement Filter(ResourceKey resource, string? arn, RuleRef rule)
    {
        var (key, value) = rule.Arn.Contains(OfHub, StringComparison.Ordinal)
            ? ("RelatedAWSResources:0/name", rule.Name)
            : ("aws/config/ConfigRuleArn", rule.Arn);
        return Json.Object([
            new("Filters", Json.Object([
                new("AwsAccountId", Equal([new("Value", Json.Text(resource.Account))])),
                new("RecordState", Equal([new("Value", Json.Text("ACTIVE"))])),
                new("ProductFields", Equal([new("Key", Json.Text(key)), new("Value", Json.Text(value))])),
                .. OfResource(resource, arn),
            ])),
            new("MaxResults", JsonElement.Parse($"{PageSize}")),
        ]);
    }

    /// <summary>GetFindings knows no comparison with an end: where no ARN is known, all findings of the rule are gone through.</summary>
    private static IEnumerable<KeyValuePair<string, JsonElement>> OfResource(ResourceKey resource, string? arn) =>
        arn is null ? []
        : [new("ResourceId", Json.List(Names(resource, arn).Select(name => Compared([new("Value", Json.Text(name))]))))];

    private static JsonElement Equal(IEnumerable<KeyValuePair<string, JsonElement>> what) => Json.List([Compared(what)]);

    private static JsonElement Compared(IEnumerable<KeyValuePair<string, JsonElement>> what) =>
        Json.Object([.. what, new("Comparison", Json.Text("EQUALS"))]);

    private static bool IsOf(JsonElement finding, ResourceKey resource, string? arn)
    {
        var (names, endings) = (Names(resource, arn), Endings(resource, arn));
        return Items(finding.Member("Resources")).Select(r => r.TextOf("Id") ?? "").Any(id =>
            names.Contains(id) || endings.Any(end => id.EndsWith(end, StringComparison.Ordinal)));
    }

    /// <summary>Findings name resources by ARN where they have one, and the account by a name of its own.</summary>
    private static string[] Names(ResourceKey resource, string? arn) =>
        [.. arn is null ? Array.Empty<string>() : [arn], resource.Id, $"AWS::::Account:{resource.Id}"];

    /// <summary>How an ARN ends that neither follows from the id nor was recorded.</summary>
    private static string[] Endings(ResourceKey resource, string? arn) =>
        arn is null ? [$"/{resource.Id}", $":{resource.Id}"] : [];

    private static string? Arn(ResourceKey resource, string region) =>
        ResourceArns.Of(resource with { Region = region }, AwsPartition.Of(region).Name);

    private static Finding Of(JsonElement finding) => new(finding.TextOf("Id") ?? "", finding.TextOf("ProductArn") ?? "")
    {
        IsSuppressed = finding.Member("Workflow").TextOf("Status") is "SUPPRESSED",
        Note = finding.Member("Note").TextOf("Text") ?? "",
        NoteBy = finding.Member("Note").TextOf("UpdatedBy") ?? "",
    };

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
