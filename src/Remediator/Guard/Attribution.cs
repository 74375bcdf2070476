using System.Globalization;
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

    private async Task<string> PrincipalAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            var input = Json.Write(w => WriteLookup(w, incident));
            var output = await accounts.For(incident.Resource.Account, incident.Region).CallAsync("cloudtrail:LookupEvents", input, ct);
            var events = output.Member("Events") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;
            return events.FirstOrDefault(e => e.TextOf("ReadOnly") is "false") is { ValueKind: JsonValueKind.Object } last
                ? $"Last changed by {Principal(last)} with {last.TextOf("EventName")}."
                : "CloudTrail names nobody who changed it since.";
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
            return read.TryGetValue("aws:cloudformation:stack-name", out var stack) ? $" CloudFormation stack {stack} owns it." : "";
        }
        catch (AwsException e)
        {
            return $" Whether a stack owns it could not be read ({e.Code}).";
        }
    }

    /// <summary>Only what came after our own fix is the revert.</summary>
    private static void WriteLookup(Utf8JsonWriter w, Incident incident)
    {
        w.WriteStartObject();
        w.WriteStartArray("LookupAttributes"u8);
        w.WriteStartObject();
        w.WriteString("AttributeKey"u8, "ResourceName");
        w.WriteString("AttributeValue"u8, incident.Resource.Id);
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteNumber("StartTime"u8, (incident.FixedAt ?? incident.OpenedAt).ToUnixTimeSeconds());
        w.WriteNumber("MaxResults"u8, 50);
        w.WriteEndObject();
    }

    private static string Principal(JsonElement e)
    {
        if (e.TextOf("CloudTrailEvent") is { } text)
        {
            try
            {
                if (Json.Parse(text).Member("userIdentity").TextOf("arn") is { } arn)
                {
                    return arn;
                }
            }
            catch (JsonException)
            {
                // Then the name has to do.
            }
        }

        return e.TextOf("Username") ?? string.Create(CultureInfo.InvariantCulture, $"somebody ({e.TextOf("EventSource")})");
    }
}
