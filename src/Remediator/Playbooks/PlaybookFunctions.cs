using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// The functions that playbooks have in addition to those of JMESPath. Their names are those of other JMESPath implementations, where
/// these have the function.
/// </summary>
internal static class PlaybookFunctions
{
    public static JmesPathFunctions Table { get; } =
        JmesPathFunctions.BuiltIn.With([
            .. PolicyFunctions.All,
            .. IdentityPolicyFunctions.All,
            new("items", [JmesPathTypes.Object | JmesPathTypes.Null], Items),
            new("from_items", [JmesPathTypes.Array | JmesPathTypes.Null], FromItems),
            new("parse_json", [JmesPathTypes.Any], ParseJson),
            new("split", [JmesPathTypes.String | JmesPathTypes.Null, JmesPathTypes.String], Split),
            new("after", [JmesPathTypes.String | JmesPathTypes.Null, JmesPathTypes.String], NameFunctions.After),
            new("url_decode", [JmesPathTypes.String | JmesPathTypes.Null], NameFunctions.UrlDecode),
            new("title", [JmesPathTypes.Any], RecordedFunctions.Title),
            new("untitle", [JmesPathTypes.Any], RecordedFunctions.Untitle),
            new("spell", [JmesPathTypes.Any, JmesPathTypes.Strings], RecordedFunctions.Spell),
            new("named_as", [JmesPathTypes.Any, JmesPathTypes.String, JmesPathTypes.String], RecordedFunctions.NamedAs),
            new("spread", [JmesPathTypes.Array | JmesPathTypes.Null, JmesPathTypes.Strings], RecordedFunctions.Spread),
            new(
                "days_between",
                [JmesPathTypes.String | JmesPathTypes.Null, JmesPathTypes.String | JmesPathTypes.Null],
                TimeFunctions.DaysBetween),
            new("replace", [JmesPathTypes.String, JmesPathTypes.String, JmesPathTypes.String], Replace),
            new(
                "times",
                [JmesPathTypes.Number, JmesPathTypes.Number],
                call => JmesPathValue.From(call[0].AsDecimal() * call[1].AsDecimal())),
            new("lower", [JmesPathTypes.String], call => JmesPathValue.From(call[0].AsString().ToLowerInvariant())),
            new("minus", [JmesPathTypes.Array | JmesPathTypes.Null, JmesPathTypes.Array | JmesPathTypes.Null], Minus),
            new("only", [JmesPathTypes.Object | JmesPathTypes.Null, JmesPathTypes.Array], call => Pick(call, keep: true)),
            new("without", [JmesPathTypes.Object | JmesPathTypes.Null, JmesPathTypes.Array], call => Pick(call, keep: false)),
            new("distinct", [JmesPathTypes.Array | JmesPathTypes.Null], Distinct),
            new("allows", [JmesPathTypes.String | JmesPathTypes.Null, JmesPathTypes.String | JmesPathTypes.Null], RuleList.Allows),
            new("open_to_world", [JmesPathTypes.Array | JmesPathTypes.Null, JmesPathTypes.Numbers], SecurityGroupFunctions.OpenToWorld),
            new(
                "open_to_world_except",
                [JmesPathTypes.Array | JmesPathTypes.Null, JmesPathTypes.Strings, JmesPathTypes.Strings],
                SecurityGroupFunctions.OpenToWorldExcept),
            new("security_group_rules", [JmesPathTypes.Object | JmesPathTypes.Null], SecurityGroupFunctions.Recorded),
            new("json_patch", [JmesPathTypes.Object, JmesPathTypes.Object | JmesPathTypes.Null], PatchFunctions.JsonPatch),
            new(
                "required_tags",
                [JmesPathTypes.Object, JmesPathTypes.Object | JmesPathTypes.Null, JmesPathTypes.Object | JmesPathTypes.Null],
                TagFunctions.RequiredTags),
        ]);

    /// <summary>Converts an object into a list of [name, value].</summary>
    private static JmesPathValue Items(JmesPathCall call) => JmesPathValue.FromItems(call[0].IsNull
        ? []
        : [.. call[0].Properties().Select(p => JmesPathValue.FromItems(JmesPathValue.From(p.Key), p.Value))]);

    /// <summary>Converts a list of [name, value] into an object.</summary>
    private static JmesPathValue FromItems(JmesPathCall call) =>
        JmesPathValue.FromProperties(
            call[0].IsNull
                ? []
                : call[0]
                    .Items()
                    .Select(pair =>
                        pair.Type is JmesPathTypes.Array && pair.Items() is [{ Type: JmesPathTypes.String } name, var value]
                            ? KeyValuePair.Create(name.AsString(), value)
                            : throw call.Invalid(0, "a list holds something else than pairs of name and value")));

    /// <summary>Parses a JSON text; any other value is returned unchanged.</summary>
    private static JmesPathValue ParseJson(JmesPathCall call)
    {
        if (call[0].Type is not JmesPathTypes.String)
        {
            return call[0];
        }

        try
        {
            return JmesPathValue.From(JsonElement.Parse(call[0].AsString()));
        }
        catch (JsonException)
        {
            throw call.Invalid(0, "a text that must be JSON is not");
        }
    }

    /// <summary>The parts between separators, trimmed, without empty ones; none for null.</summary>
    private static JmesPathValue Split(JmesPathCall call) => JmesPathValue.FromItems(call[0].IsNull
        ? []
        : [.. call[0].AsString()
            .Split(call[1].AsString(), StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(JmesPathValue.From)]);

    private static JmesPathValue Replace(JmesPathCall call) =>
        JmesPathValue.From(call[0].AsString().Replace(call[1].AsString(), call[2].AsString(), StringComparison.Ordinal));

    private static JmesPathValue Minus(JmesPathCall call)
    {
        var gone = StateComparer.Exact.Items(call[1].IsNull ? [] : call[1].Items().Select(i => i.ToJsonElement()));
        return JmesPathValue.FromItems(call[0].IsNull
            ? []
            : [.. call[0].Items().Where(i => !gone.Contains(i.ToJsonElement()))]);
    }

    private static JmesPathValue Distinct(JmesPathCall call)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        return JmesPathValue.FromItems(call[0].IsNull ? [] : [.. call[0].Items().Where(i => kept.Add(i.ToJsonElement().GetRawText()))]);
    }

    private static JmesPathValue Pick(JmesPathCall call, bool keep)
    {
        var names = call[1].Items().Select(n => n.AsString()).ToHashSet(StringComparer.Ordinal);
        return JmesPathValue.FromProperties(call[0].IsNull ? [] : call[0].Properties().Where(p => names.Contains(p.Key) == keep));
    }
}
