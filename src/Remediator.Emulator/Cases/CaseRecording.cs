using System.Globalization;
using System.Text.Json.Nodes;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>When AWS Config recorded a case's resource.</summary>
/// <param name="Good">While the rule held.</param>
/// <param name="Bad">As the rule found it wrong.</param>
internal sealed record CaseRecording(DateTimeOffset Good, DateTimeOffset Bad)
{
    /// <summary>How far the policy lets a rollback go.</summary>
    public RollbackPolicy Policy { get; init; } = Decide.Policy.Default.Rollback;

    /// <summary>Makes AWS Config have recorded what the case says; null for a case of a fix.</summary>
    public static async Task<CaseRecording?> MakeAsync(
        PlaybookCase @case, AwsLikeLayer layer, ResourceKey resource, Scope scope, CancellationToken ct)
    {
        if (@case.History is not { } history)
        {
            return null;
        }

        var now = new LaterClock().GetUtcNow();
        var made = new CaseRecording(now.AddHours(-3), now.AddHours(-2));
        await layer.PutItemAsync(resource.Account, resource.Region, Item(history.Good, resource, scope, made.Good), ct);
        await layer.PutItemAsync(resource.Account, resource.Region, Item(history.Bad, resource, scope, made.Bad), ct);
        return made;
    }

    private static JsonObject Item(Template recorded, ResourceKey resource, Scope scope, DateTimeOffset at)
    {
        var item = JsonNode.Parse(recorded.Render(scope).GetRawText())!.AsObject();
        item["resourceType"] = resource.Type;
        item["resourceId"] = resource.Id;
        item["configurationItemStatus"] = "OK";
        item["configurationItemCaptureTime"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return item;
    }
}
