using System.Globalization;
using System.Text.RegularExpressions;

namespace Remediator.Aws.Protocols;

/// <summary>The reason phrase of an HTTP status, for errors without a message.</summary>
internal static partial class HttpStatusText
{
    public static string Of(int status)
    {
        var name = ((System.Net.HttpStatusCode)status).ToString();
        return int.TryParse(name, CultureInfo.InvariantCulture, out _) ? $"HTTP status {status}" : WordStart().Replace(name, " $1");
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex WordStart();
}
