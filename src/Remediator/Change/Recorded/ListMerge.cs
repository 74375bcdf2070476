using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// The three-way merge of a setting that is a list: the items that the drift added go, those that it took away come back, and items that
/// somebody added since stay. A statement of a policy is known by its Sid, whatever it says, and goes back as a member would.
/// </summary>
internal static class ListMerge
{
    public static Merged Of(RecordedValues values, JsonElement live, Canonical canonical)
    {
        var (before, drifted) = (Bag.Of(values.Good, canonical), Bag.Of(values.Bad, canonical));
        var (now, latest) = (Bag.Of(live, canonical), Bag.Of(values.Latest, canonical));
        ImmutableArray<string> sids = [.. before.Sids.Union(drifted.Sids).Where(sid => before.Statement(sid) != drifted.Statement(sid))];
        if (sids.Where(sid => now.Statement(sid) is var form && form != before.Statement(sid) && form != latest.Statement(sid)).ToList()
            is [_, ..] touched)
        {
            return new Merged.ChangedSince([.. touched.Select(sid => new Difference([Name(sid)], Json.Null, Json.Null))]);
        }

        var added = drifted.Except(before);
        var lost = before.Except(drifted);
        var since = now.Except(latest).Except(before);
        var tooMany = now.Except(before);

        // An item that the drift brought and that is now another one: which of the live items took its place cannot be told.
        if (added.Except(tooMany) is { IsEmpty: false } && !since.IsEmpty)
        {
            return new Merged.ChangedSince([.. since.Items.Select(item =>
                new Difference([Bag.SidOf(item) is { } sid ? Name(sid) : "a part of the list"], Json.Null, item))]);
        }

        var removed = tooMany.Intersect(added).And(tooMany.Except(added).Where(i => Bag.SidOf(i) is { } sid && sids.Contains(sid)));
        var restored = lost.Except(now.Except(drifted));
        if (removed.IsEmpty && restored.IsEmpty)
        {
            return new Merged.Nothing();
        }

        if (restored.Items.Any(Masks.IsMasked))
        {
            return new Merged.Masked(["a part of the list"]);
        }

        return new Merged.Change(Json.List([.. now.Except(removed).Items, .. restored.Items]), [.. removed.Items], [.. restored.Items]);
    }

    private static string Name(string sid) => $"the statement {sid}";
}
