using System.Text.RegularExpressions;

namespace Remediator.Incidents;

/// <summary>The sentences that say who changes a resource and which stack owns it, written and read in one place.</summary>
internal static partial class Attributed
{
    public static string Change(string principal, string? operation) => $"Last changed by {principal} with {operation}.";

    public static string Stack(string name) => $"CloudFormation stack {name} owns it.";

    /// <summary>Who changed it, by the text; null where it does not say.</summary>
    public static string? PrincipalIn(string? text) => Found(Changed().Match(text ?? ""));

    /// <summary>The stack that owns it, by the text; null where it does not say.</summary>
    public static string? StackIn(string? text) => Found(Owned().Match(text ?? ""));

    /// <summary>Who assumed a role differs from session to session: the role is who does it.</summary>
    public static string Role(string principal) => Session().Replace(principal, "$1");

    private static string? Found(Match match) => match.Success ? match.Groups[1].Value : null;

    [GeneratedRegex(@"Last changed by (.+?) with [^ ]*\.")]
    private static partial Regex Changed();

    [GeneratedRegex(@"CloudFormation stack (\S+) owns it")]
    private static partial Regex Owned();

    [GeneratedRegex(@"^(arn:[^:]+:sts::[0-9]*:assumed-role/[^/]+)/.*$")]
    private static partial Regex Session();
}
