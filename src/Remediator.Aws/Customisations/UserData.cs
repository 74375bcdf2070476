using System.Text;

namespace Remediator.Aws.Customisations;

/// <summary>User data of instances is given as text and sent as base64.</summary>
internal static class UserData
{
    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
