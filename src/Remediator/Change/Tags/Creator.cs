using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Change.Tags;

/// <summary>
/// Who created a resource, as CloudTrail has it for 90 days: whom to ask for a tag that no source gives. It is no value of a tag: a
/// principal is a role, a pipeline or the account as often as a person.
/// </summary>
internal sealed class Creator(IAwsAccounts accounts)
{
    private static readonly string[] Creating = ["Create", "Run", "Allocate", "Register", "Request", "Restore", "Copy", "Import"];

    /// <summary>A sentence; empty where CloudTrail does not say, or cannot be asked.</summary>
    public async Task<string> SuggestionAsync(Incident incident, CancellationToken ct)
    {
        var input = Json.Object(
        [
            new("LookupAttributes", Json.List([Json.Object(
                [new("AttributeKey", Json.Text("ResourceName")), new("AttributeValue", Json.Text(incident.Resource.Id))])])),
            new("MaxResults", Json.Write(w => w.WriteNumberValue(50))),
        ]);
        try
        {
            var output = await accounts.For(incident.Resource.Account, incident.Region).CallAsync("cloudtrail:LookupEvents", input, ct);
            return (output.Member("Events") is { ValueKind: JsonValueKind.Array } events ? events.EnumerateArray() : default)
                .LastOrDefault(IsCreation) is { ValueKind: JsonValueKind.Object } created ? $" {Sentence(created)}" : "";
        }
        catch (AwsException)
        {
            // Only a hint: what is asked of the person does not depend on it.
            return "";
        }
    }

    private static bool IsCreation(JsonElement e) => e.TextOf("ReadOnly") is "false" && e.TextOf("EventName") is { } name
        && Creating.Any(word => name.StartsWith(word, StringComparison.Ordinal)) && !name.Contains("Tag", StringComparison.Ordinal);

    private static string Sentence(JsonElement e) => string.Create(
        CultureInfo.InvariantCulture, $"CloudTrail has it created by {TrailEvent.Principal(e)} with {e.TextOf("EventName")}: ask there.");
}
