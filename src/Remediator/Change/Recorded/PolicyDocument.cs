using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// The statements of a policy document: they are merged one by one, so that a statement that somebody added since stays. AWS takes one
/// statement for a list of one.
/// </summary>
internal static class PolicyDocument
{
    private const string StatementMember = "Statement";

    public static bool IsStatement(string member, RecordedValues recorded, JsonElement live) =>
        member == StatementMember && All(recorded, live).All(v => IsStatements(v));

    public static Merged Merge(RecordedValues recorded, JsonElement live, Canonical canonical) => ListMerge.Of(
        new(AsList(recorded.Good), AsList(recorded.Bad), AsList(recorded.Latest)), AsList(live), canonical);

    /// <summary>
    /// A document of which only what was added since is left, where there was none before: all beside its statements stays as well, for its
    /// version says what they mean. A document without a statement is none.
    /// </summary>
    public static JsonElement Left(JsonElement good, JsonElement merged, JsonElement live)
    {
        var statements = merged.Member(StatementMember);
        if (!IsStatements(statements) || !IsStatements(live.Member(StatementMember)) || live.Member(StatementMember).IsNull())
        {
            return merged;
        }

        return Canonical.IsAbsent(statements) ? Json.Null
            : Canonical.IsAbsent(good) ? Json.Object(live.EnumerateObject()
                .Select(m => KeyValuePair.Create(m.Name, m.Name == StatementMember ? statements : m.Value)))
            : merged;
    }

    private static JsonElement[] All(RecordedValues recorded, JsonElement live) => [recorded.Good, recorded.Bad, recorded.Latest, live];

    private static bool IsStatements(JsonElement value) =>
        value.IsNull() || value.IsObject() || (value.IsList() && value.EnumerateArray().All(i => i.IsObject()));

    private static JsonElement AsList(JsonElement value) => value.IsObject() ? Json.List([value]) : value;
}
