using System.Globalization;
using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>An error as a service sent it, its code bare of name space and URI.</summary>
/// <param name="Members">The members that the model gives this error, and no others.</param>
internal sealed record WireError(string Code, string Message, string RequestId, JsonElement Members)
{
    public static readonly JsonElement NoMembers = JsonElement.Parse("{}");

    /// <summary>Where the body says nothing, the status is all that is known.</summary>
    public static WireError OfStatus(WireResponse response) => new(
        response.Status.ToString(CultureInfo.InvariantCulture), HttpStatusText.Of(response.Status), response.RequestId, NoMembers);

    /// <summary>"ns#Code:http://…" → "Code".</summary>
    public static string BareCode(string code)
    {
        var colon = code.IndexOf(':', StringComparison.Ordinal);
        var bare = colon < 0 ? code : code[..colon];
        return bare[(bare.LastIndexOf('#') + 1)..].Trim();
    }
}
