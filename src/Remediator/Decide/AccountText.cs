using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>
/// Text of the policy that is filled in from what is known of the account: <c>${account.team}</c>, <c>${account.values.cost-center}</c>.
/// What is not known is never filled in with nothing.
/// </summary>
internal static partial class AccountText
{
    public const string Write =
        "it may hold ${account.id}, ${account.name}, ${account.ou}, ${account.team}, ${account.environment} and ${account.values.KEY}";

    /// <summary>The names of values that a reference can be written of.</summary>
    public const string KeyPattern = "^[A-Za-z0-9_.:/-]+$";

    /// <summary>Text in which every reference is one.</summary>
    public const string Pattern = $"^(?:{Part})*$";

    /// <summary>The same, not empty.</summary>
    public const string SomePattern = $"^(?:{Part})+$";

    private const string Part = @"(?!\$\{)[\s\S]|\$\{account\.(?:id|name|ou|team|environment|values\.[A-Za-z0-9_.:/-]+)\}";

    public static bool IsRight(string text) => Form().IsMatch(text);

    /// <summary>The names of what is referred to.</summary>
    public static IEnumerable<string> References(string text) => Reference().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>The text for an account; null where something of it is not known.</summary>
    public static string? Fill(string? text, Account account) => text is null || References(text).Any(name => account.Fact(name) is null)
        ? null
        : Reference().Replace(text, m => account.Fact(m.Groups[1].Value)!);

    /// <summary>The value for an account; texts of which something is not known stay as they are.</summary>
    public static JsonElement Fill(JsonElement value, Account account) => value.ValueKind switch
    {
        JsonValueKind.Object => Json.Object(value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, Fill(m.Value, account)))),
        JsonValueKind.Array => Json.List(value.EnumerateArray().Select(item => Fill(item, account))),
        JsonValueKind.String => Fill(value.GetString(), account) is { } text ? Json.Text(text) : value,
        _ => value,
    };

    public static bool RefersToAccount(JsonElement value) => value.GetRawText().Contains("${", StringComparison.Ordinal);

    /// <summary>The first reference that was left; null where there is none.</summary>
    public static string? Left(JsonElement value) => References(value.GetRawText()).FirstOrDefault();

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();

    [GeneratedRegex(@"\$\{account\.([^{}]+)\}")]
    private static partial Regex Reference();
}
