using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>
/// Tags are put back key by key, whether a type has them as a list of keys and values or as an object. Those of AWS itself (<c>aws:</c>)
/// stay as they are live.
/// </summary>
internal static class TagMerge
{
    private const string Own = "aws:";

    /// <summary>The four values with the tags decided: where they can be put back, only what is to be written differs.</summary>
    public static RecordedValues Decide(string member, RecordedValues recorded, JsonElement live)
    {
        if (Table(recorded.Good.Member(member)) is not { } good || Table(recorded.Bad.Member(member)) is not { } bad
            || Table(recorded.Latest.Member(member)) is not { } latest || Table(live.Member(member)) is not { } now)
        {
            return recorded;
        }

        return ThreeWay.Merge(new(good, bad, latest), now, []) switch
        {
            Merged.Nothing => All(member, recorded, live.Member(member), live.Member(member)),
            Merged.Change(var target, _, _) => All(
                member, recorded, Written(target, live.Member(member), recorded.Good.Member(member)), live.Member(member)),
            _ => recorded,
        };
    }

    private static RecordedValues All(string member, RecordedValues recorded, JsonElement good, JsonElement rest) => new(
        With(recorded.Good, member, good), With(recorded.Bad, member, rest), With(recorded.Latest, member, rest));

    private static JsonElement With(JsonElement model, string member, JsonElement value) => Json.Object(
        model.EnumerateObject().Where(m => m.Name != member).Select(m => KeyValuePair.Create(m.Name, m.Value))
            .Concat(value.IsNull() ? [] : [KeyValuePair.Create(member, value)]));

    /// <summary>The tags by their keys, without those of AWS; null where they are no tags.</summary>
    private static JsonElement? Table(JsonElement tags)
    {
        if (tags.IsNull() || tags.IsObject())
        {
            return Json.Object(
                tags.IsNull() ? [] : tags.EnumerateObject().Where(t => !IsOwn(t.Name)).Select(t => KeyValuePair.Create(t.Name, t.Value)));
        }

        if (!tags.IsList() || tags.EnumerateArray().Any(t => Key(t).Length == 0)
            || tags.EnumerateArray().CountBy(Key, StringComparer.Ordinal).Any(k => k.Value > 1))
        {
            return null;
        }

        return Json.Object(
            tags.EnumerateArray().Where(t => !IsOwn(Key(t))).Select(t => KeyValuePair.Create(Key(t), Json.Text(t.TextOf("Value") ?? ""))));
    }

    /// <summary>In the form that the live tags have, else that of the recorded ones.</summary>
    private static JsonElement Written(JsonElement target, JsonElement live, JsonElement good)
    {
        var tags = target.IsObject() ? target.EnumerateObject().ToList() : [];
        if (live.IsObject() || (live.IsNull() && good.IsObject()))
        {
            var own = live.IsObject() ? live.EnumerateObject().Where(t => IsOwn(t.Name)) : [];
            return Json.Object(own.Concat(tags).Select(t => KeyValuePair.Create(t.Name, t.Value)));
        }

        var kept = live.IsList() ? live.EnumerateArray().Where(t => IsOwn(Key(t))) : [];
        return Json.List(kept.Concat(tags.Select(t => Json.Object([new("Key", Json.Text(t.Name)), new("Value", t.Value)]))));
    }

    private static string Key(JsonElement tag) => tag.TextOf("Key") ?? "";

    private static bool IsOwn(string key) => key.StartsWith(Own, StringComparison.OrdinalIgnoreCase);
}
