using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Guard;

/// <summary>Who changes a resource, and which stack owns it, as far as that can be read: what ends a fight is talking to them.</summary>
internal sealed class Attribution(IAwsAccounts accounts, ITags tags)
{
    public async Task<string> OfAsync(Incident incident, CancellationToken ct) =>
        $"{await PrincipalAsync(incident, ct)}{await StackAsync(incident, ct)}";

    /// <summary>Who changed a resource since the rule held, and when.</summary>
    public async Task<RecordedOrigin> OfRollbackAsync(Incident incident, RecordedOrigin recorded, CancellationToken ct)
    {
        var (at, by) = await LastChangeAsync(incident, recorded.CompliantAt, ct);
        return recorded with { ChangedAt = at, ChangedBy = by };
    }

    /// <summary>
    /// The last change of a resource since a time, as CloudTrail has it; without a time, nobody is known to have changed it.
    /// </summary>
    private async Task<(DateTimeOffset? At, string By)> LastChangeAsync(Incident incident, DateTimeOffset since, CancellationToken ct)
    {
        var input = Json.Write(w => WriteLookup(w, incident, since));
        var output = await accounts.For(incident.Resource.Account, incident.Region).CallAsync("cloudtrail:LookupEvents", input, ct);
        var events = output.Member("Events") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;
        return events.FirstOrDefault(e => e.TextOf("ReadOnly") is "false") is { ValueKind: JsonValueKind.Object } last
            ? (
                last.Member("EventTime") is var at && at.IsNull() ? null : AwsConfigService.TimeOf(at),
                Attributed.Change(TrailEvent.Principal(last), last.TextOf("EventName")))
            : (null, "CloudTrail names nobody who changed it since.");
    }

    private async Task<string> PrincipalAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            // Only what came after our own fix is the revert.
            return (await LastChangeAsync(incident, incident.FixedAt ?? incident.OpenedAt, ct)).By;
        }
        catch (AwsException e)
        {
            return $"Who changed it could not be read from CloudTrail ({e.Code}).";
        }
    }

    private async Task<string> StackAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            var read = await tags.ReadAsync(incident.Resource with { Region = incident.Region }, ct);
            return read.TryGetValue("aws:cloudformation:stack-name", out var stack) ? $" {Attributed.Stack(stack)}" : "";
        }
        catch (AwsException e)
        {
            return $" Whether a stack owns it could not be read ({e.Code}).";
        }
    }

    private static void WriteLookup(Utf8JsonWriter w, Incident incident, DateTimeOffset since)
    {
        w.WriteStartObject();
        w.WriteStartArray("LookupAttributes"u8);
        w.WriteStartObject();
        w.WriteString("AttributeKey"u8, "ResourceName");
        w.WriteString("AttributeValue"u8, incident.Resource.Id);
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteNumber("StartTime"u8, since.ToUnixTimeSeconds());
        w.WriteNumber("MaxResults"u8, 50);
        w.WriteEndObject();
    }
}
