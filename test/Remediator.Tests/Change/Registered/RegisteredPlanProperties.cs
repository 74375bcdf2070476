using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Change;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>The guarantees of a rollback through Cloud Control, as properties over random models.</summary>
public sealed class RegisteredPlanProperties
{
    private const string Facts = """
        {"id":["Name"],"properties":["Name","Arn","A","N","L","T"],"readOnly":["Arn","N/Status"],"createOnly":["Name","N/Kind"],
         "numbers":["A"]}
        """;

    private static readonly string[] Fixed = ["Name", "Arn", "N/Status", "N/Kind"];

    private static readonly string[] Free = ["A", "N/B", "N/C", "L", "T"];

    private static readonly Config Many = Samples.Cases(3_000);
    private static readonly Canonical Plain = new([]);
    private static readonly RegisteredPlan Plan = RegisteredPlan.Of("AWS::Some::Type", Facts);

    private static readonly Gen<JsonElement> Writable =
        from a in Gen.Elements("1", "2", "null")
        from n in Gen.Elements("null", """{"B":1}""", """{"B":2,"C":"x"}""", """{"C":"y"}""")
        from l in Gen.Elements("null", "[1,2]", """[{"P":1}]""")
        from t in Gen.Elements("null", "\"x\"", "\"y\"")
        select Json.Parse($$"""{"A":{{a}},"N":{{n}},"L":{{l}},"T":{{t}}}""");

    /// <summary>The model as a read returns it: without nulls, and with AWS's own members.</summary>
    private static readonly Gen<JsonElement> Live = from model in Writable select WithFixed(model);

    [Fact]
    public void Patch_gives_the_good_value_where_it_drifted_and_leaves_the_rest()
    {
        var cases = from good in Writable from bad in Live select (Good: good, Bad: bad);

        Prop.ForAll(cases.ToArbitrary(), c =>
                Plan.From(c.Good, c.Bad, c.Bad) is not RecordedStep.Change change
                || (
                    RegisteredPlan.Applied(c.Bad, RegisteredPlan.Patch(change)) is var after
                    && Free.All(path => Plain.Same(At(after, path), At(c.Good, path)))
                    && Fixed.All(path => Plain.Same(At(after, path), At(c.Bad, path)) || At(c.Bad, "N").IsNull() || At(after, "N").IsNull())
                ))
            .Check(Many);
    }

    [Fact]
    public void Patch_leaves_alone_what_did_not_drift_whatever_is_live()
    {
        var cases = from good in Writable from bad in Writable from live in Live select (Good: good, Bad: bad, Live: live);

        Prop.ForAll(cases.ToArbitrary(), c => Plan.From(c.Good, c.Bad, c.Live) is not RecordedStep.Change change
            || (RegisteredPlan.Applied(c.Live, RegisteredPlan.Patch(change)) is var after
                && Free.All(path => Plain.Same(At(after, path), At(c.Live, path))
                    || (!Plain.Same(At(c.Good, path), At(c.Bad, path)) && Plain.Same(At(after, path), At(c.Good, path)))))).Check(Many);
    }

    [Fact]
    public void Undo_restores_what_was_read()
    {
        var cases = from good in Writable from bad in Live select (Good: good, Bad: bad);

        Prop.ForAll(cases.ToArbitrary(), c => Plan.From(c.Good, c.Bad, c.Bad) is not RecordedStep.Change change
            || (RegisteredPlan.Applied(c.Bad, RegisteredPlan.Patch(change)) is var after
                && Plan.Back(change.Planned.Plan, after) is { } back
                && RegisteredPlan.Applied(after, back) is var undone
                && Free.All(path => Plain.Same(At(undone, path), At(c.Bad, path))))).Check(Many);
    }

    [Fact]
    public void Nothing_that_is_fixed_is_in_any_patch()
    {
        var cases = from good in Live from bad in Live from live in Live select (Good: Other(good), Bad: bad, Live: live);

        Prop.ForAll(cases.ToArbitrary(), c =>
                Plan.From(c.Good, c.Bad, c.Live) is not RecordedStep.Change change
                || RegisteredPlan
                    .Patch(change)
                    .EnumerateArray()
                    .All(operation =>
                        !Fixed.Contains(operation.TextOf("path")![1..])
                        && (
                            operation.TextOf("path") is not "/N"
                            || (At(operation.Member("value"), "Status").IsNull() && At(operation.Member("value"), "Kind").IsNull()))))
            .Check(Many);
    }

    private static JsonElement WithFixed(JsonElement model)
    {
        var members = model.EnumerateObject().Where(m => !m.Value.IsNull()).Select(m => KeyValuePair.Create(
            m.Name, m.Name is "N" ? Merging.Merge(m.Value, Json.Parse("""{"Status":"OK","Kind":"k"}""")) : m.Value));
        return Json.Object([new("Name", Json.Text("one")), new("Arn", Json.Text("arn")), .. members]);
    }

    private static JsonElement Other(JsonElement model) => Merging.Merge(
        model, Json.Parse(model.Member("N").IsNull() ? """{"Arn":"other"}""" : """{"Arn":"other","N":{"Status":"BAD"}}"""));

    private static JsonElement At(JsonElement value, string path) => path.Split('/').Aggregate(value, (v, name) => v.Member(name));
}
