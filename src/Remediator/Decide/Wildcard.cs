using System.IO.Enumeration;

namespace Remediator.Decide;

/// <summary>The patterns of the policy: <c>*</c> for any text, <c>?</c> for one character.</summary>
internal static class Wildcard
{
    public static bool Like(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}
