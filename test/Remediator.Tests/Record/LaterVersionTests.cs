using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>
/// Members that a later version stored anywhere in an incident are read by this version and written back without loss. The places come
/// from the serializer, so a new record or enum is included.
/// </summary>
public sealed class LaterVersionTests
{
    private const string Name = "SomethingLater";

    public static TheoryData<string, string> Records => Of(StoredShapes.Records);

    public static TheoryData<string, string> Enums => Of(StoredShapes.Enums);

    [Fact]
    public void Every_member_of_this_version_survives_storing_and_reading()
    {
        var whole = StoredShapes.Whole();

        AssertSame(whole, Rewritten(whole));
    }

    [Fact]
    public void Records_of_every_kind_are_among_the_places() => Assert.Superset(
        new HashSet<Type>
        {
            typeof(Incident), typeof(Origin), typeof(Terms), typeof(PlannedChange), typeof(Telling), typeof(Plan), typeof(StepPlan),
            typeof(PlannedCall), typeof(Entry), typeof(StartedRunbook), typeof(RecordedOrigin), typeof(RecordedItem),
            typeof(PlaybookVersion),
            typeof(ResourceOwner), typeof(Evidence), typeof(EvidenceAnswer), typeof(Delivered), typeof(ResourceKey), typeof(RuleRef),
            typeof(Help), typeof(HandStep),
        },
        StoredShapes.Records.Select(r => r.Type).ToHashSet());

    [Theory]
    [MemberData(nameof(Records))]
    public void Member_that_only_a_later_version_knows_is_kept(string record, string path)
    {
        var later = StoredShapes.Whole();
        StoredShapes.At(later, path)[Name] = new JsonObject { ["of"] = record, ["list"] = new JsonArray(1, "two", null) };

        AssertSame(later, Rewritten(later));
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void Value_that_only_a_later_version_knows_is_kept_by_its_name(string kind, string path)
    {
        Assert.NotEmpty(kind);
        var later = StoredShapes.Whole();
        StoredShapes.At(later, path).ReplaceWith(Name);

        AssertSame(later, Rewritten(later));
    }

    [Fact]
    public void Later_values_are_known_by_their_names_and_equal_no_other()
    {
        var (one, other) = (LaterValues.Read<Reason>(Name), LaterValues.Read<Reason>("SomethingElse"));

        Assert.Equal(one, LaterValues.Read<Reason>(Name));
        Assert.NotEqual(one, other);
        Assert.Equal((Name, "SomethingElse"), (one.Name(), other.Name()));
        Assert.Equal((false, true), (one.IsKnown(), Reason.Failed.IsKnown()));
        Assert.Equal((Reason.Failed, Mode.Auto), (LaterValues.Read<Reason>("Failed"), LaterValues.Read<Mode>("auto")));
        Assert.Equal((Name, Name), (LaterValues.Read<Mode>(Name).Name(), LaterValues.Read<Severity>(Name).Name()));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("Failed, Frozen")]
    [InlineData("")]
    public void Text_that_only_looks_like_a_value_is_not_one(string text)
    {
        Assert.False(LaterValues.Read<Reason>(text).IsKnown());
        Assert.Equal(text, LaterValues.Read<Reason>(text).StoredName());
    }

    /// <summary>Neither one below all names of later versions, nor one above, which no name was given for yet.</summary>
    [Theory]
    [InlineData(4711)]
    [InlineData(999_999)]
    [InlineData(int.MaxValue)]
    public void Number_that_is_no_value_has_no_name(int value) => Assert.StartsWith(
        "A value of Reason without a name.",
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Reason)value).StoredName()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Number_after_the_last_name_has_none()
    {
        var last = (int)LaterValues.Read<EventEffect>("The only one");

        Assert.Equal("The only one", ((EventEffect)last).LaterName());
        Assert.StartsWith(
            "A value of EventEffect without a name.",
            Assert.Throws<ArgumentOutOfRangeException>(() => ((EventEffect)(last + 1)).LaterName()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_differ_in_what_only_a_later_version_knows_are_the_same_here()
    {
        var (plain, more) = (new Delivered(NoticeKind.Resolved, "topic"), new Delivered(NoticeKind.Resolved, "topic"));
        more.Unknown = new() { ["later"] = default };

        Assert.Equal(plain, more);
        Assert.Equal(plain.GetHashCode(), more.GetHashCode());
        Assert.NotEqual(plain, more with { Topic = "other" });
    }

    private static JsonNode Rewritten(JsonNode stored)
    {
        var read = JournalJson.Read(Encoding.UTF8.GetBytes(stored.ToJsonString()));
        var moved = Transitions.WithRunbook(read, read.Change!.Runbook! with { Status = "text" });
        return JsonNode.Parse(IncidentText.Of(moved))!;
    }

    private static void AssertSame(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected.ToJsonString()}\nwas written as\n{actual.ToJsonString()}");

    private static TheoryData<string, string> Of(IEnumerable<(Type Type, string Path)> places)
    {
        var data = new TheoryData<string, string>();
        foreach (var (type, path) in places)
        {
            data.Add(type.Name, path);
        }

        return data;
    }
}
