using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// Reads a configuration item. The API gives <c>arn</c>, <c>accountId</c> and JSON as text; snapshots and rule events give <c>ARN</c>,
/// <c>awsAccountId</c> and objects.
/// </summary>
internal static class ConfigurationItemReader
{
    /// <exception cref="UnreadableItemException">It is no configuration item, or says nothing about the resource.</exception>
    public static ConfigurationItem Read(JsonElement item)
    {
        try
        {
            return Parts(item);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Text that is no Unicode, a time that no calendar has, or more levels than JSON may have.
            throw new UnreadableItemException($"A configuration item is not in the form of AWS Config: {e.Message}");
        }
    }

    private static ConfigurationItem Parts(JsonElement item)
    {
        var configuration = Parsed(item.Member("configuration"));
        var arn = item.TextOf("arn") ?? item.TextOf("ARN") ?? "";
        var captured = Time(item.Member("configurationItemCaptureTime"))
            ?? throw new UnreadableItemException("A configuration item has no configurationItemCaptureTime.");
        var status = StatusOf(item.TextOf("configurationItemStatus"));
        if (status is ItemStatus.Recorded && !configuration.IsObject())
        {
            // Nothing recorded is not the same as nothing set, which would be put back by clearing every setting.
            throw new UnreadableItemException($"The configuration item of {captured.UtcDateTime:u} has no configuration that can be read.");
        }

        return new(
            captured,
            item.Member("configurationStateId").ToString(),
            status,
            ItemIdentity.Of(arn, Time(item.Member("resourceCreationTime")), configuration),
            Document(item, arn, configuration));
    }

    private static JsonElement Document(JsonElement item, string arn, JsonElement configuration) => Json.Object(
    [
        new("arn", Json.Text(arn)),
        new("resourceId", Or(item.Member("resourceId"), Json.Text(""))),
        new("resourceName", item.Member("resourceName")),
        new("region", Or(item.Member("awsRegion"), Json.Text(""))),
        new("account", item.Member("accountId").IsNull() ? Or(item.Member("awsAccountId"), Json.Text("")) : item.Member("accountId")),
        new("configuration", WholeNumbers.In(configuration)),
        new("supplementary", Supplementary(item.Member("supplementaryConfiguration"))),
        new("tags", Or(item.Member("tags"), Json.EmptyObject)),
        new("relationships", Or(item.Member("relationships"), Json.List([]))),
    ]);

    private static JsonElement Supplementary(JsonElement values) => Json.Object(values.IsObject()
        ? values.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, WholeNumbers.In(Parsed(m.Value))))
        : []);

    /// <summary>Some values are JSON in text in JSON: the access control list of a bucket is one.</summary>
    private static JsonElement Parsed(JsonElement value)
    {
        while (value.ValueKind is JsonValueKind.String && IsJson(value.GetString()!))
        {
            try
            {
                value = Json.Parse(value.GetString()!);
            }
            catch (JsonException)
            {
                // A text that only begins like JSON.
                return value;
            }
        }

        return value;
    }

    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{' or '[' or '"', ..] || text is "true" or "false" or "null";

    private static JsonElement Or(JsonElement value, JsonElement otherwise) => value.IsNull() ? otherwise : value;

    private static ItemStatus StatusOf(string? status) => status switch
    {
        "OK" or "ResourceDiscovered" => ItemStatus.Recorded,
        "ResourceDeleted" or "ResourceDeletedNotRecorded" => ItemStatus.Deleted,
        _ => ItemStatus.NotRecorded,
    };

    private static DateTimeOffset? Time(JsonElement time) => time.ValueKind switch
    {
        JsonValueKind.Number => DateTimeOffset.UnixEpoch.AddSeconds(time.GetDouble()),
        JsonValueKind.String when DateTimeOffset.TryParse(
            time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => null,
    };
}
