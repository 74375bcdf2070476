using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>An event as <c>cloudtrail:LookupEvents</c> gives it.</summary>
internal static class TrailEvent
{
    /// <summary>Who made the call: the ARN where the event has one, else the name.</summary>
    public static string Principal(JsonElement e)
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
