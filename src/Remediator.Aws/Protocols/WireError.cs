using System.Globalization;
using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>An error as a service sent it, its code without namespace and URI.</summary>
/// <param name="Members">The members that the model defines for this error, and no others.</param>
internal sealed record WireError(string Code, string Message, string RequestId, JsonElement Members)
{
    public static readonly JsonElement NoMembers = JsonElement.Parse("{}");

    /// <summary>An error of which only the status is known, because the body says nothing.</summary>
    public static WireError OfStatus(WireResponse response) => new(
        response.Status.ToString(CultureInfo.InvariantCulture), HttpStatusText.Of(response.Status), response.RequestId, NoMembers);

    /// <summary>"ns#Code:http://…" → "Code".</summary>
    public static string ShortCode(string code)
    {
        var colon = code.IndexOf(':', StringComparison.Ordinal);
        var bare = colon < 0 ? code : code[..colon];
        return bare[(bare.LastIndexOf('#') + 1)..].Trim();
    }
}
