using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Change.Registered;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>Tags go back key by key; those of AWS and those that somebody gave since stay.</summary>
public sealed class TagMergeTests
{
    private const string None = "none";

    /// <summary>The tags while the rule held, when it found them wrong and now; the tags to write.</summary>
    [Theory]
    [InlineData("a list", "[a=1]", "[a=2]", "[a=2]", "[a=1]")]
    [InlineData("somebody's tag and AWS's own stay", "[a=1]", "[a=2]", "[aws:x=y,a=2,b=3]", "[aws:x=y,a=1,b=3]")]
    [InlineData("AWS's own in capitals", "[a=1]", "[a=2]", "[AWS:x=y,a=2]", "[AWS:x=y,a=1]")]
    [InlineData("what AWS had added is not written", "[a=1,aws:x=y]", "[a=2]", "[a=2]", "[a=1]")]
    [InlineData("all of them are taken", "[a=1]", None, None, "[a=1]")]
    [InlineData("all of them were added", None, "[a=1]", "[a=1]", "[]")]
    [InlineData("all of them were added beside AWS's own", None, "[a=1]", "[aws:x=y,a=1]", "[aws:x=y]")]
    [InlineData("an object", "{a=1}", "{a=2}", "{aws:x=y,a=2,b=3}", "{aws:x=y,a=1,b=3}")]
    [InlineData("an object that is gone", "{a=1}", None, None, "{a=1}")]
    [InlineData("in the form that they have now", "{a=1}", "{a=2}", "[a=2,b=3]", "[a=1,b=3]")]
    [InlineData("in the form that they have now, the other way", "[a=1]", "[a=2]", "{a=2,b=3}", "{a=1,b=3}")]
    public void Drifted_tags_are_put_back(string what, string good, string bad, string now, string written)
    {
        var decided = Decide(good, bad, bad, now);

        Assert.True(Tags(written, decided.Good), $"{what}: {decided.Good}");
        Assert.True(Tags(now, decided.Bad) && Tags(now, decided.Latest), what);
    }

    [Theory]
    [InlineData("[a=1]", "[a=2]", "[a=1,b=3]")]
    [InlineData("[a=1]", "[a=1]", "[a=5]")]
    [InlineData("[aws:x=1]", "[aws:x=2]", "[aws:x=2]")]
    [InlineData("[]", None, None)]
    public void Where_the_tags_did_not_drift_they_stay_as_they_are_now(string good, string bad, string now)
    {
        var decided = Decide(good, bad, bad, now);

        Assert.All([decided.Good, decided.Bad, decided.Latest], value => Assert.True(Tags(now, value), value.GetRawText()));
    }

    [Theory]
    [InlineData("somebody changed it since", "[a=1]", "[a=2]", "[a=2]", "[a=3]")]
    [InlineData("a key twice", "[a=1]", "[a=2,a=3]", "[a=2]", "[a=2]")]
    [InlineData("no key", "[a=1]", "[=2]", "[a=2]", "[a=2]")]
    [InlineData("no tags while it held", "text", "[a=2]", "[a=2]", "[a=2]")]
    [InlineData("no tags when it was wrong", "[a=1]", "text", "[a=2]", "[a=2]")]
    [InlineData("no tags last", "[a=1]", "[a=2]", "text", "[a=2]")]
    [InlineData("no tags now", "[a=1]", "[a=2]", "[a=2]", "text")]
    public void What_cannot_be_decided_by_key_is_left_to_the_comparison_of_the_whole(
        string what, string good, string bad, string latest, string now)
    {
        var decided = Decide(good, bad, latest, now);

        Assert.True(Tags(good, decided.Good) && Tags(bad, decided.Bad) && Tags(latest, decided.Latest), what);
    }

    [Fact]
    public void A_tag_without_a_key_is_no_tag_and_all_are_left_to_the_comparison_of_the_whole()
    {
        var good = Json.Parse("""{"Tags":[{"Key":"a","Value":"1"}]}""");
        var bad = Json.Parse("""{"Tags":[{"Value":"2"}]}""");
        var live = Json.Parse("""{"Tags":[{"Value":"2"},{"Key":"b","Value":"3"}]}""");

        var decided = TagMerge.Decide("Tags", new(good, bad, bad), live);

        Assert.Equal(
            (good.GetRawText(), bad.GetRawText(), bad.GetRawText()),
            (decided.Good.GetRawText(), decided.Bad.GetRawText(), decided.Latest.GetRawText()));
    }

    [Fact]
    public void A_tag_without_a_value_has_an_empty_one()
    {
        var good = Json.Parse("""{"Tags":[{"Key":"a"}]}""");
        var bad = Json.Parse("""{"Tags":[{"Key":"a","Value":"2"}]}""");

        Assert.Equal("""{"Tags":[]}""", TagMerge.Decide("Tags", new(good, bad, bad), bad).Good.GetRawText());
    }

    private static RecordedValues Decide(string good, string bad, string latest, string now) => TagMerge.Decide(
        "Tags", new(Model(good), Model(bad), Model(latest)), Model(now));

    private static bool Tags(string tags, JsonElement model) => Model(tags).GetRawText() == model.GetRawText();

    /// <summary>Beside a member that has nothing to do with them.</summary>
    private static JsonElement Model(string tags)
    {
        var pairs = tags.Trim('[', ']', '{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('='));
        var value = tags switch
        {
            None => "",
            ['[', ..] => $$""","Tags":[{{string.Join(',', pairs.Select(p => $$"""{"Key":"{{p[0]}}","Value":"{{p[1]}}"}"""))}}]""",
            ['{', ..] => $$""","Tags":{{{string.Join(',', pairs.Select(p => $"\"{p[0]}\":\"{p[1]}\""))}}}""",
            _ => $",\"Tags\":\"{tags}\"",
        };
        return Json.Parse($$"""{"Mode":"m"{{value}}}""");
    }
}
