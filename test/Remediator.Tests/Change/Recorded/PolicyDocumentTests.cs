using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>Policy documents go back statement by statement: what the drift did goes, what somebody added since stays.</summary>
public sealed class PolicyDocumentTests
{
    private static readonly Config Many = Samples.Cases(5_000);
    private static readonly Canonical Plain = new([]);

    private const string Read = """{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject"}""";
    private const string ReadByAll = """{"Sid":"Read","Effect":"Allow","Principal":"*","Action":"s3:GetObject"}""";
    private const string World = """{"Sid":"World","Effect":"Allow","Principal":"*","Action":"s3:ListBucket"}""";
    private const string WorldNoMore = """{"Sid":"World","Effect":"Deny","Principal":"*","Action":"s3:ListBucket"}""";
    private const string Team = """{"Sid":"NewTeam","Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"s3:GetObject"}""";
    private const string Nameless = """{"Effect":"Allow","Principal":"*","Action":"s3:PutObject"}""";

    /// <summary>Statements by number: the Sid, or none of the last ones, and one of three contents.</summary>
    private static readonly Gen<(int Sid, int Content)> Part =
        from sid in Gen.Choose(0, 5) from content in Gen.Choose(0, 2) select (sid, content);

    private static readonly Gen<(int Sid, int Content)[]> Parts = Gen.Choose(1, 4).SelectMany(n => Part.ListOf(n))
        .Select(parts => parts.DistinctBy(p => p.Sid).ToArray());

    [Theory]
    [InlineData("an added statement goes, a later one stays", Read, $"{Read},{World}", $"{Read},{World},{Team}", $"{Read},{Team}")]
    [InlineData("a changed statement goes back, a later one stays", Read, ReadByAll, $"{ReadByAll},{Team}", $"{Team},{Read}")]
    [InlineData("a statement that was taken comes back", $"{Read},{World}", World, $"{World},{Team}", $"{World},{Team},{Read}")]
    [InlineData("a statement without a Sid goes", Read, $"{Read},{Nameless}", $"{Read},{Nameless},{Team}", $"{Read},{Team}")]
    [InlineData("one that did not drift keeps what somebody made of it", Read, $"{Read},{World}", $"{ReadByAll},{World}", ReadByAll)]
    public void Only_the_statements_of_the_drift_move(string what, string good, string bad, string live, string expected)
    {
        var change = Assert.IsType<Merged.Change>(Merge(Document(good), Document(bad), Document(live)));

        Assert.True(Plain.Same(Document(expected), change.Target), $"{what}: {change.Target}");
    }

    [Theory]
    [InlineData("the drifted statement was changed since", Read, $"{Read},{World}", $"{Read},{WorldNoMore}", "World")]
    [InlineData("the drifted statement was taken away since", Read, $"{ReadByAll},{World}", World, "Read")]
    [InlineData("what was taken was written anew", $"{Read},{World}", World, $"{World},{ReadByAll}", "Read")]
    [InlineData("another is where the drift was", Read, $"{Read},{Nameless}", $"{Read},{Team}", "NewTeam")]
    public void A_statement_of_the_drift_that_somebody_changed_since_stops_it(
        string what, string good, string bad, string live, string at)
    {
        var merged = Merge(Document(good), Document(bad), Document(live));

        Assert.True(
            merged is Merged.ChangedSince(var differences) && differences.Single().At == $"Statement.the statement {at}",
            $"{what}: {merged}");
    }

    /// <summary>What Config recorded last of a drifted statement is the drift's, though the rule judged another form of it.</summary>
    [Fact]
    public void Drifted_statement_that_drifted_on_goes_back()
    {
        var later = Read.Replace("GetObject", "DeleteObject", StringComparison.Ordinal);

        var change = Assert.IsType<Merged.Change>(ThreeWay.Merge(
            new(Document(Read), Document($"{ReadByAll},{World}"), Document($"{later},{World}")), Document($"{later},{World}"), []));

        Assert.True(Plain.Same(Document(Read), change.Target), $"{change.Target}");
    }

    [Fact]
    public void Statement_that_AWS_Config_masks_is_not_written()
    {
        var masked = Read.Replace("s3:GetObject", "****", StringComparison.Ordinal);

        var merged = Assert.IsType<Merged.Masked>(Merge(Document($"{masked},{World}"), Document(World), Document(World)));

        Assert.Equal(["Statement"], merged.At.AsEnumerable());
    }

    [Fact]
    public void Rest_of_a_document_goes_back_as_well()
    {
        var live = Json.Parse($$"""{"Version":"2008-10-17","Statement":[{{World}},{{Team}}]}""");

        var change = Assert.IsType<Merged.Change>(ThreeWay.Merge(
            new(Document(Read), Json.Parse($$"""{"Version":"2008-10-17","Statement":[{{World}}]}"""),
                Json.Parse($$"""{"Version":"2008-10-17","Statement":[{{World}}]}""")),
            live, []));

        Assert.True(Plain.Same(Document($"{Team},{Read}"), change.Target), $"{change.Target}");
    }

    /// <summary>A list that holds anything but statements is one value: nothing that somebody did to it since is overwritten.</summary>
    [Theory]
    [InlineData($"[{Read}]", $"[{World},\"x\"]", $"[{World},\"x\",{Team}]")]
    [InlineData("\"none\"", $"[{World}]", $"[{World},{Team}]")]
    public void What_is_no_list_of_statements_is_not_merged(string good, string bad, string live) => Assert.IsType<Merged.ChangedSince>(
        Merge(Of(good), Of(bad), Of(live)));

    private static JsonElement Of(string statements) => Json.Parse($$"""{"Version":"2012-10-17","Statement":{{statements}}}""");

    [Fact]
    public void What_was_added_since_keeps_its_version_where_there_was_no_policy_before()
    {
        var change = Assert.IsType<Merged.Change>(Merge(Json.Null, Document(World), Document($"{World},{Team}")));

        Assert.True(Plain.Same(Document(Team), change.Target), $"{change.Target}");
    }

    [Fact]
    public void What_was_added_since_stays_also_beside_statements_of_a_form_that_nobody_knows()
    {
        var change = Assert.IsType<Merged.Change>(
            Merge(Json.Null, Of("\"all\""), Json.Parse("""{"Version":"2012-10-17","Statement":"all","Id":"later"}""")));

        Assert.True(Plain.Same(Json.Parse("""{"Id":"later"}"""), change.Target), $"{change.Target}");
    }

    [Fact]
    public void A_policy_of_which_nothing_is_left_goes() =>
        Assert.True(Assert.IsType<Merged.Change>(Merge(Json.Null, Document(World), Document(World))).Target.IsNull());

    [Fact]
    public void One_statement_without_a_list_is_a_list_of_one()
    {
        var live = Json.Parse($$"""{"Version":"2012-10-17","Statement":[{{World}},{{Team}}]}""");

        var change = Assert.IsType<Merged.Change>(ThreeWay.Merge(
            new(Single(Read), Single(World), Single(World)), live, []));

        Assert.True(Plain.Same(Document($"{Team},{Read}"), change.Target), $"{change.Target}");
    }

    [Fact]
    public void Rolling_back_leaves_the_statements_from_before_and_those_that_were_added_since()
    {
        var cases = from good in Parts from bad in Parts from later in Gen.Choose(0, 2) select (good, bad, later);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var added = Enumerable.Range(10, c.later).Select(n => Text(n, 0));
            var live = Document([.. c.bad.Select(Text), .. added]);
            var merged = Merge(Document(c.good.Select(Text)), Document(c.bad.Select(Text)), live);
            return Plain.Same(merged is Merged.Change change ? change.Target : live, Document([.. c.good.Select(Text), .. added]));
        }).Check(Many);
    }

    [Fact]
    public void No_statement_outside_the_drift_is_ever_written()
    {
        var cases = from good in Parts from bad in Parts from live in Parts select (good, bad, live);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var live = Document(c.live.Select(Text));
            var target = Merge(Document(c.good.Select(Text)), Document(c.bad.Select(Text)), live) is Merged.Change change
                ? change.Target
                : live;
            var after = target.IsNull() ? [] : target.Member("Statement").EnumerateArray().Select(Plain.Of).ToArray();
            string[] before = [.. c.live.Select(Form)];
            string[] good = [.. c.good.Select(Form)], bad = [.. c.bad.Select(Form)];
            return before.Except(after).All(gone => bad.Contains(gone) && !good.Contains(gone))
                && after.Except(before).All(come => good.Contains(come) && !bad.Contains(come));
        }).Check(Many);
    }

    [Fact]
    public void A_drifted_Sid_with_other_words_than_were_recorded_stops_it()
    {
        var cases = from good in Parts from bad in Parts from at in Gen.Choose(0, 3) select (good, bad, at);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var drifted = c.bad.Where(b => !c.good.Contains(b)).ToArray();
            if (drifted.Length == 0)
            {
                return true;
            }

            var touched = drifted[c.at % drifted.Length];
            var live = Document(c.bad.Select(b => b == touched ? Text(b.Sid, 9) : Text(b)));
            return Merge(Document(c.good.Select(Text)), Document(c.bad.Select(Text)), live) is Merged.ChangedSince;
        }).Check(Many);
    }

    private static Merged Merge(JsonElement good, JsonElement bad, JsonElement live) => ThreeWay.Merge(new(good, bad, bad), live, []);

    private static JsonElement Document(IEnumerable<string> statements) => Document(string.Join(',', statements));

    private static JsonElement Document(string statements) => Json.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");

    private static JsonElement Single(string statement) => Json.Parse($$"""{"Version":"2012-10-17","Statement":{{statement}}}""");

    private static string Form((int Sid, int Content) part) => Plain.Of(Json.Parse(Text(part)));

    private static string Text((int Sid, int Content) part) => Text(part.Sid, part.Content);

    /// <summary>Sids 4 and 5 stand for statements without one, of contents that no other has.</summary>
    private static string Text(int sid, int content) => sid is 4 or 5
        ? $$"""{"Effect":"Allow","Action":"s3:{{sid}}","Resource":"{{content}}"}"""
        : $$"""{"Sid":"S{{sid}}","Effect":"Allow","Action":"s3:Get","Resource":"{{content}}"}""";
}
