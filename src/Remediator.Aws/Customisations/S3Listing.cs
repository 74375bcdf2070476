using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>
/// Object keys may hold characters that XML cannot, so lists are requested with URL-encoded keys, unless the caller asks for
/// another encoding; here the keys are decoded.
/// </summary>
internal static class S3Listing
{
    private static readonly string[] Texts =
        ["Prefix", "Delimiter", "Marker", "NextMarker", "StartAfter", "KeyMarker", "NextKeyMarker"];

    private static readonly string[] Lists = ["Contents", "CommonPrefixes", "Versions", "DeleteMarkers"];

    public static bool IsListing(OperationModel operation) => operation.Name is "ListObjects" or "ListObjectsV2" or "ListObjectVersions";

    public static void AskForEncodedKeys(OperationModel operation, WireRequest request)
    {
        if (IsListing(operation) && !request.Query.Any(pair => pair.Key == "encoding-type"))
        {
            request.Query.Add(new("encoding-type", "url"));
        }
    }

    public static void DecodeKeys(JsonObject output)
    {
        if ((string?)output["EncodingType"] != "url")
        {
            return;
        }

        Decode(output, Texts);
        foreach (var item in Lists.SelectMany(list => output[list]?.AsArray() ?? []).OfType<JsonObject>())
        {
            Decode(item, ["Key", "Prefix"]);
        }
    }

    private static void Decode(JsonObject owner, string[] names)
    {
        foreach (var name in names)
        {
            if (owner[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                owner[name] = Uri.UnescapeDataString(value.GetValue<string>().Replace('+', ' '));
            }
        }
    }
}
