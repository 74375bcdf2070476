using System.Globalization;
using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>
/// Gives a recorded model the form of the live one: what is the same but for its form becomes the live value, what differs is written as
/// the type wants it. Config records numbers as text, empty values for absent ones, and words for what is not set.
/// </summary>
internal sealed class Aligner(RegisteredType type)
{
    public JsonElement Align(JsonElement recorded, JsonElement live) => Align("", recorded, live);

    /// <summary>
    /// The live model with what is the same as what was planned, but for its form, in the planned form: providers write lists and JSON
    /// in text anew.
    /// </summary>
    public static JsonElement Recognised(JsonElement live, JsonElement before, JsonElement after) =>
        Loose.Same(live, after) ? after
        : Loose.Same(live, before) ? before
        : live.IsObject() && (before.IsObject() || after.IsObject()) ? Json.Object(
            from name in live.EnumerateObject().Select(m => m.Name)
                .Union(Names(before), StringComparer.Ordinal).Union(Names(after), StringComparer.Ordinal)
            let value = Recognised(live.Member(name), before.Member(name), after.Member(name))
            where !value.IsNull()
            select KeyValuePair.Create(name, value))
        : live;

    private static IEnumerable<string> Names(JsonElement value) => value.IsObject() ? value.EnumerateObject().Select(m => m.Name) : [];

    private JsonElement Align(string path, JsonElement recorded, JsonElement live)
    {
        if (Loose.Same(recorded, live) || (IsUnset(recorded) && Canonical.IsAbsent(live)))
        {
            return live;
        }

        if (Canonical.IsAbsent(recorded) || (IsUnset(recorded) && type.Words.Contains(path)))
        {
            return Json.Null;
        }

        return recorded.IsObject() && live.IsObject() ? Members(path, recorded, live)
            : live.IsObject() && Loose.Parsed(recorded) is { } parsed ? Align(path, parsed, live)
            : live.ValueKind is JsonValueKind.String && (recorded.IsObject() || recorded.IsList()) && Loose.Parsed(live) is not null
                ? Json.Text(recorded.GetRawText())
            : Typed(path, recorded);
    }

    private JsonElement Members(string path, JsonElement recorded, JsonElement live) => Json.Object(
        from name in recorded.EnumerateObject().Select(m => m.Name).Union(live.EnumerateObject().Select(m => m.Name))
        let value = Align(Model.Below(path, name), recorded.Member(name), live.Member(name))
        where !value.IsNull()
        select KeyValuePair.Create(name, value));

    /// <summary>As the type wants it, at all depths.</summary>
    private JsonElement Typed(string path, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => Json.Object(
                from member in value.EnumerateObject()
                where !Canonical.IsAbsent(member.Value)
                select KeyValuePair.Create(member.Name, Typed(Model.Below(path, member.Name), member.Value))),
            JsonValueKind.Array => Json.List(value.EnumerateArray().Select(item => Typed(Model.Below(path, "*"), item))),
            JsonValueKind.String
                when type.Numbers.Contains(path)
                    && decimal.TryParse(
                        value.GetString(),
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                        CultureInfo.InvariantCulture,
                        out var number
                    ) => Json.Write(w => w.WriteNumberValue(number)),
            JsonValueKind.String when type.Flags.Contains(path) && value.GetString() is "true" or "false" => Json.Parse(value.GetString()!),
            _ => value,
        };

    private static bool IsUnset(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && value.GetString()!.ToUpperInvariant() is "NONE" or "OFF";
}
