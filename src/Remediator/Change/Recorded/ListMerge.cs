using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>
/// The three-way merge of a setting that is a list: the items that the drift added go, those that it took away come back, and items that
/// somebody added since stay.
/// </summary>
internal static class ListMerge
{
    public static Merged Of(RecordedValues values, JsonElement live, Canonical canonical)
    {
        var (before, drifted) = (Bag.Of(values.Good, canonical), Bag.Of(values.Bad, canonical));
        var now = Bag.Of(live, canonical);
        var added = drifted.Except(before);
        var lost = before.Except(drifted);
        var since = now.Except(Bag.Of(values.Latest, canonical)).Except(before);
        var tooMany = now.Except(before);

        // An item that the drift brought and that is now another one: which of the live items took its place cannot be told.
        if (added.Except(tooMany) is { IsEmpty: false } && !since.IsEmpty)
        {
            return new Merged.ChangedSince([.. since.Items.Select(item => new Difference(["a part of the list"], Json.Null, item))]);
        }

        var (removed, restored) = (tooMany.Intersect(added), lost.Except(now.Except(drifted)));
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
}
