using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

public sealed class ThreeWayTests
{
    [Theory]
    [InlineData("a drifted member", """{"A":1,"B":1}""", """{"A":2,"B":1}""", """{"A":2,"B":1}""", """{"A":1,"B":1}""")]
    [InlineData("a member that the drift added", """{"A":1}""", """{"A":1,"Public":"yes"}""", """{"A":1,"Public":"yes"}""", """{"A":1}""")]
    [InlineData("a member that the drift took away", """{"A":1,"B":{"C":2}}""", """{"A":1}""", """{"A":1}""", """{"A":1,"B":{"C":2}}""")]
    [InlineData("later work on another member stays", """{"A":1,"B":1}""", """{"A":2,"B":1}""", """{"A":2,"B":7}""", """{"A":1,"B":7}""")]
    [InlineData("numbers recorded as text keep the type of the API", """{"A":"30"}""", """{"A":"60"}""", """{"A":60}""", """{"A":30}""")]
    [InlineData(
        "switches recorded as text keep the type of the API",
        """{"A":"true"}""",
        """{"A":"false"}""",
        """{"A":false}""",
        """{"A":true}"""
    )]
    [InlineData(
        "a switch that was off, recorded as text", """{"A":"false"}""", """{"A":"true"}""", """{"A":true}""", """{"A":false}""")]
    [InlineData("a switch where the API has text", """{"A":true}""", """{"A":false}""", """{"A":"false"}""", """{"A":"true"}""")]
    [InlineData("a switch where the API has text, off", """{"A":false}""", """{"A":true}""", """{"A":"true"}""", """{"A":"false"}""")]
    [InlineData("another text where the API has a switch", """{"A":"on"}""", """{"A":"x"}""", """{"A":"x"}""", """{"A":"on"}""")]
    [InlineData("a recorded number that JSON would not take", """{"A":"007.50"}""", """{"A":"60"}""", """{"A":60}""", """{"A":7.50}""")]
    [InlineData("a negative number recorded as text", """{"A":"-1"}""", """{"A":"60"}""", """{"A":60}""", """{"A":-1}""")]
    [InlineData("a number where the API has text", """{"A":30}""", """{"A":60}""", """{"A":"60"}""", """{"A":"30"}""")]
    [InlineData("another kind of value", """{"A":[1]}""", """{"A":{"B":1}}""", """{"A":{"B":1}}""", """{"A":[1]}""")]
    [InlineData("one of two equal items that the drift added goes", """["r"]""", """["r","r"]""", """["r","r"]""", """["r"]""")]
    [InlineData("one of two equal items that the drift took comes back", """["r","r"]""", """["r"]""", """["r"]""", """["r","r"]""")]
    [InlineData(
        "of three equal items the two that the drift added go",
        """["r","s"]""",
        """["r","s","r","r"]""",
        """["r","r","n","s","r"]""",
        """["r","s","n"]"""
    )]
    [InlineData("nothing was set before", "null", """{"A":1}""", """{"A":1}""", "null")]
    [InlineData("everything was set before", """{"A":1}""", "null", "null", """{"A":1}""")]
    [InlineData(
        "items that the drift added to a list go, later ones stay",
        """["r"]""",
        """["r","w"]""",
        """["r","w","n"]""",
        """["r","n"]"""
    )]
    [InlineData("items that the drift took from a list come back", """["r","s"]""", """["r"]""", """["r"]""", """["r","s"]""")]
    public void A_drift_is_put_back(string what, string good, string bad, string live, string target)
    {
        var change = Assert.IsType<Merged.Change>(Merge(good, bad, bad, live));

        Assert.True(new Canonical([]).Same(Json.Parse(target), change.Target), $"{what}: {change.Target}");
        Assert.Equal(Json.Parse(target).ValueKind, change.Target.ValueKind);
    }

    [Theory]
    [InlineData("put back by hand meanwhile", """{"A":1}""", """{"A":2}""", """{"A":1}""")]
    [InlineData("no drift at all", """{"A":1}""", """{"A":1}""", """{"A":3}""")]
    [InlineData("empty values are absent", """{"A":1,"B":[]}""", """{"A":1,"B":""}""", """{"A":1}""")]
    [InlineData("a number and its text", """{"A":"1"}""", """{"A":1}""", """{"A":5}""")]
    [InlineData("a list that is empty, null or not there", "[]", "null", "null")]
    [InlineData("one of two equal items went already", """["r"]""", """["r","r"]""", """["r"]""")]
    [InlineData("one of two equal items came back already", """["r","r"]""", """["r"]""", """["r","r"]""")]
    [InlineData("a list in another order", """{"A":["x","y"]}""", """{"A":["y","x"]}""", """{"A":["y","x"]}""")]
    public void Where_nothing_drifted_nothing_is_changed(string what, string good, string bad, string live) =>
        Assert.True(Merge(good, bad, bad, live) is Merged.Nothing, what);

    [Theory]
    [InlineData("""{"A":1}""", """{"A":2}""", """{"A":2}""", """{"A":3}""")]
    [InlineData(
        """{"Statement":["read"]}""",
        """{"Statement":["read","world"]}""",
        """{"Statement":["read","world"]}""",
        """{"Statement":["read","world","team"]}"""
    )]
    [InlineData("""[{"n":100,"to":"a"}]""", """[{"n":100,"to":"b"}]""", """[{"n":100,"to":"b"}]""", """[{"n":100,"to":"c"}]""")]
    public void What_somebody_changed_since_stops_it(string good, string bad, string latest, string live) =>
        Assert.IsType<Merged.ChangedSince>(Merge(good, bad, latest, live));

    [Theory]
    [InlineData("""{"A":"","B":1}""", """{"A":"x","B":1}""", """{"B":1}""")]
    [InlineData("""{"B":1}""", """{"A":["x"],"B":1}""", """{"B":1}""")]
    [InlineData("""{"A":"5","B":1}""", """{"A":6,"B":1}""", """{"A":5,"B":1}""")]
    [InlineData("""{"A":"false"}""", """{"A":true}""", """{"A":false}""")]
    [InlineData("""{"A":"true"}""", """{"A":false}""", """{"A":true}""")]
    [InlineData("""{"A":true}""", """{"A":"false"}""", """{"A":"true"}""")]
    public void Value_is_written_in_the_form_of_the_API_and_nothing_is_written_for_an_empty_one(string good, string live, string target) =>
        Assert.Equal(target, Assert.IsType<Merged.Change>(Merge(good, live, live, live)).Target.GetRawText());

    [Fact]
    public void Member_that_AWS_changes_by_itself_is_never_put_back()
    {
        var (good, bad) = (Json.Parse("""{"A":1,"Etag":"x"}"""), Json.Parse("""{"A":2,"Etag":"y"}"""));

        Assert.Equal(
            """{"A":1,"Etag":"y"}""", Assert.IsType<Merged.Change>(ThreeWay.Merge(new(good, bad, bad), bad, ["Etag"])).Target.GetRawText());
    }

    [Fact]
    public void Item_of_a_list_that_is_not_recorded_is_said_so()
    {
        var masked = Assert.IsType<Merged.Masked>(Merge("""["a","***"]""", """["a"]""", """["a"]""", """["a"]"""));

        Assert.Equal("a part of the list", Assert.Single(masked.At));
    }

    [Fact]
    public void Empty_item_of_a_list_is_none() =>
        Assert.IsType<Merged.Nothing>(Merge("""["a"]""", """["a",""]""", """["a",""]""", """["a",""]"""));

    [Fact]
    public void Items_that_somebody_made_of_the_drifts_stop_it_with_what_they_are() => Assert.Equal(
        "a part of the list",
        Assert.Single(Assert.IsType<Merged.ChangedSince>(Merge("[1]", "[1,2]", "[1,2]", "[1,3]")).Differences).At);

    [Fact]
    public void What_was_recorded_as_changed_after_the_rule_spoke_stays()
    {
        var change = Assert.IsType<Merged.Change>(
            Merge("""{"A":1,"B":1}""", """{"A":2,"B":1}""", """{"A":2,"B":5}""", """{"A":2,"B":5}"""));

        Assert.Equal("""{"A":1,"B":5}""", change.Target.GetRawText());
    }

    [Fact]
    public void A_masked_value_is_never_written()
    {
        var masked = Assert.IsType<Merged.Masked>(
            Merge(
                """{"Env":{"KEY":"******"}}""",
                """{"Env":{"KEY":"*******"}}""",
                """{"Env":{"KEY":"*******"}}""",
                """{"Env":{"KEY":"*******"}}"""
            ));

        Assert.Equal("Env.KEY", Assert.Single(masked.At));
    }

    [Fact]
    public void A_masked_item_of_a_list_is_never_written() => Assert.IsType<Merged.Masked>(
        Merge("""[{"N":"a","V":"****"}]""", "[]", "[]", "[]"));

    [Fact]
    public void Masked_value_that_did_not_drift_is_left_alone()
    {
        var change = Assert.IsType<Merged.Change>(Merge(
            """{"KEY":"******","A":1}""", """{"KEY":"******","A":2}""", """{"KEY":"******","A":2}""", """{"KEY":"secret","A":2}"""));

        Assert.Equal("""{"KEY":"secret","A":1}""", change.Target.GetRawText());
    }

    [Fact]
    public void A_text_that_is_no_number_stays_text_whatever_the_API_has_there()
    {
        var change = Assert.IsType<Merged.Change>(Merge("""{"A":"1,000"}""", """{"A":"5"}""", """{"A":"5"}""", """{"A":5}"""));

        Assert.Equal("""{"A":"1,000"}""", change.Target.GetRawText());
    }

    [Fact]
    public void Ids_that_AWS_gives_are_neither_compared_nor_lost()
    {
        var change = Assert.IsType<Merged.Change>(
            ThreeWay.Merge(
                new(Json.Parse("""{"A":1}"""), Json.Parse("""{"A":2}"""), Json.Parse("""{"A":2}""")),
                Json.Parse("""{"Id":"x","A":2}"""),
                ["Id"]));

        Assert.Equal("""{"Id":"x","A":1}""", change.Target.GetRawText());
    }

    [Fact]
    public void Five_thousand_items_are_compared_in_a_moment()
    {
        string Items(int from, int count) =>
            $"[{string.Join(',', Enumerable.Range(from, count).Select(i => $$"""{"Cidr":"10.{{i / 250}}.{{i % 250}}.0/24"}"""))}]";

        var started = System.Diagnostics.Process.GetCurrentProcess().UserProcessorTime;
        var merged = Merge(Items(0, 5000), Items(1, 5000), Items(1, 5000), Items(1, 5000));
        var took = System.Diagnostics.Process.GetCurrentProcess().UserProcessorTime - started;

        var change = Assert.IsType<Merged.Change>(merged);
        Assert.Single(change.Removed);
        Assert.Single(change.Added);
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
    }

    private static Merged Merge(string good, string bad, string latest, string live) =>
        ThreeWay.Merge(new(Json.Parse(good), Json.Parse(bad), Json.Parse(latest)), Json.Parse(live), []);
}
