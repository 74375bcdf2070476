using System.Text.Json;
using System.Text.RegularExpressions;

namespace Remediator.Values;

/// <summary>
/// A value as a message may show it: booleans, numbers and short names unchanged; nothing whose name or content suggests a secret, and no
/// long text.
/// </summary>
internal static partial class ShownValue
{
    public const string Hidden = "(a value)";

    private const int LongestText = 120;
    private const int MostMembers = 8;

    public static string Of(string at, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "(not set)",
        _ when IsSecretName(at) => Hidden,
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Array => $"[{Listed(value.EnumerateArray().Select(item => Of(at, item)))}]",
        JsonValueKind.Object => Object(value),
        _ => value.GetRawText(),
    };

    /// <summary>An object with name and value, as in tags and parameters: the name shows whether the value is a secret.</summary>
    private static string Object(JsonElement value)
    {
        var name = value.TextOf("Key") ?? value.TextOf("Name") ?? value.TextOf("key") ?? value.TextOf("name");
        var pair = value.Member("Value").IsNull() ? "value" : "Value";
        return name is not null && !value.Member(pair).IsNull()
            ? $"{Text(name)}: {Of(name, value.Member(pair))}"
            : $"{{{Listed(value.EnumerateObject().Where(m => IsSaid(m.Value)).Select(m => $"{m.Name}: {Of(m.Name, m.Value)}"))}}}";
    }

    private static bool IsSaid(JsonElement value) => value.IsTruthy() || value.ValueKind is JsonValueKind.False;

    private static string Listed(IEnumerable<string> items)
    {
        List<string> all = [.. items];
        return all.Count <= MostMembers
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(MostMembers))} and {all.Count - MostMembers} more";
    }

    private static string Text(string text) =>
        text.Length == 0 ? "''"
        : text.Length > LongestText || text.Contains('\n', StringComparison.Ordinal) || text[0] is '{' or '[' or '<' ? Hidden
        : IsSecret(text) ? Hidden
        : text;

    /// <summary>Its content, whatever it is called, suggests a secret.</summary>
    public static bool IsSecret(string text) => LooksSecret().IsMatch(text) || IsRandom(text);

    private static bool IsSecretName(string at) => SecretName().IsMatch(at);

    /// <summary>Long, with characters of all kinds, and without the separators of names.</summary>
    private static bool IsRandom(string text) => LongWord().Matches(text).Any(m =>
        m.Value.Any(char.IsAsciiDigit) && m.Value.Any(char.IsAsciiLetterUpper) && m.Value.Any(char.IsAsciiLetterLower));

    [GeneratedRegex(
        "passw|passphrase|secret|token|credential|private.?key|api.?key|access.?key|auth.?key|connection.?string|user.?data|variables",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(AKIA|ASIA)[A-Z0-9]{12}|-----BEGIN|://[^/\s]*:[^/\s]*@|^eyJ[\w-]+\.")]
    private static partial Regex LooksSecret();

    [GeneratedRegex("[A-Za-z0-9+=]{20,}")]
    private static partial Regex LongWord();
}
