using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>The guarantees of a rollback, as properties over random settings.</summary>
public sealed class ThreeWayProperties
{
    private static readonly Config Many = Samples.Cases(5_000);
    private static readonly Canonical Plain = new([]);

    private static readonly Gen<string> Leaf = Gen.Elements("1", "2", "\"x\"", "\"y\"", "true", "[1,2]", "[\"a\"]", "null");

    private static readonly Gen<JsonElement> Setting =
        from a in Leaf
        from b in Leaf
        from c in Leaf
        from d in Leaf
        select Json.Parse($$$"""{"A":{{{a}}},"N":{"B":{{{b}}},"C":{{{c}}}},"D":{{{d}}}}""");

    private static readonly Gen<(JsonElement Good, JsonElement Bad)> Drifts = Setting.Two().Select(both => (both.Item1, both.Item2));

    [Fact]
    public void Rolling_back_a_drift_gives_what_was_recorded_before_it()
    {
        Prop.ForAll(Drifts.ToArbitrary(), drift => Plain.Same(Merge(drift.Good, drift.Bad, drift.Bad, drift.Bad), drift.Good)).Check(Many);
    }

    [Fact]
    public void No_member_outside_the_drift_is_ever_written()
    {
        var cases = from drift in Drifts from live in Setting select (drift.Good, drift.Bad, Live: live);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var target = Merge(c.Good, c.Bad, c.Bad, c.Live);
            return Leaves.All(leaf => Plain.Same(At(target, leaf), At(c.Live, leaf))
                || (!Plain.Same(At(c.Good, leaf), At(c.Bad, leaf)) && Plain.Same(At(target, leaf), At(c.Good, leaf))));
        }).Check(Many);
    }

    [Fact]
    public void A_drifted_member_that_was_changed_after_the_recording_stops_it()
    {
        var cases = from drift in Drifts from live in Setting select (drift.Good, drift.Bad, Live: live);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var touched = Leaves.Any(leaf => !Plain.Same(At(c.Good, leaf), At(c.Bad, leaf))
                && !Plain.Same(At(c.Live, leaf), At(c.Bad, leaf))
                && !Plain.Same(At(c.Live, leaf), At(c.Good, leaf)));
            return touched == ThreeWay.Merge(new(c.Good, c.Bad, c.Bad), c.Live, []) is Merged.ChangedSince;
        }).Check(Many);
    }

    [Fact]
    public void Rolling_back_twice_changes_nothing_the_second_time()
    {
        Prop.ForAll(Drifts.ToArbitrary(), drift =>
                ThreeWay.Merge(new(drift.Good, drift.Bad, drift.Bad), Merge(drift.Good, drift.Bad, drift.Bad, drift.Bad), [])
                is Merged.Nothing)
            .Check(Many);
    }

    [Fact]
    public void Of_a_list_only_the_drifted_items_change()
    {
        var items = Gen.Choose(0, 6).ListOf(5).Select(list => Json.Parse($"[{string.Join(',', list.Distinct())}]"));
        var cases = from good in items from bad in items from later in Gen.Choose(7, 9) select (good, bad, later);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var live = Json.List([.. c.bad.EnumerateArray(), Json.Parse($"{c.later}")]);
            var target = Merge(c.good, c.bad, c.bad, live);
            return Plain.Same(target, Json.List([.. c.good.EnumerateArray(), Json.Parse($"{c.later}")]));
        }).Check(Many);
    }

    [Fact]
    public void Equal_items_of_a_list_are_counted()
    {
        var items = Gen.Choose(0, 2).ListOf(4).Select(list => Json.Parse($"[{string.Join(',', list)}]"));
        var cases = from good in items
                    from bad in items
                    from more in items
                    select (
            good, bad, more: Json.Parse(more.GetRawText().Replace("0", "7", StringComparison.Ordinal)));

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var later = c.more.EnumerateArray().Where(i => i.GetInt32() == 7).ToList();
            var live = Json.List([.. c.bad.EnumerateArray(), .. later]);
            return Plain.Same(Merge(c.good, c.bad, c.bad, live), Json.List([.. c.good.EnumerateArray(), .. later]));
        }).Check(Many);
    }

    private static JsonElement Merge(JsonElement good, JsonElement bad, JsonElement latest, JsonElement live) =>
        ThreeWay.Merge(new(good, bad, latest), live, []) is Merged.Change change ? change.Target : live;

    private static IReadOnlyList<string> Leaves => ["A", "N.B", "N.C", "D"];

    private static JsonElement At(JsonElement value, string path) => path.Split('.').Aggregate(value, (v, name) => v.Member(name));
}
