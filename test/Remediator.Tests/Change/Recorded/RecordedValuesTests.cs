using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

public sealed class RecordedValuesTests
{
    /// <summary>The whole setting is the same in all three; the part, while the rule held, when it was found wrong, and last.</summary>
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", """{"a":1}""", true)]
    [InlineData("""{"a":"1","b":{"c":2}}""", "{}", """{"b":{"c":2}}""", true)]
    [InlineData("""{"a":2}""", """{"a":1}""", """{"a":1}""", false)]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":1}""", false)]
    [InlineData("""{"a":1}""", """{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":1,"d":1}""", """{"a":1}""", """{"a":1}""", false)]
    [InlineData("1", """{"a":1}""", """{"a":1}""", false)]
    public void Setting_is_part_of_another_where_each_of_its_members_is_one_of_the_others(
        string good, string bad, string latest, bool isPart)
    {
        var whole = Json.Parse("""{"a":1,"b":{"c":2},"x":3}""");

        Assert.Equal(
            isPart, new RecordedValues(Json.Parse(good), Json.Parse(bad), Json.Parse(latest)).IsPartOf(new(whole, whole, whole)));
    }

    [Fact]
    public void Nothing_is_part_of_what_has_no_members()
    {
        var (part, whole) = (Json.EmptyObject, Json.Parse("[]"));

        Assert.False(new RecordedValues(part, part, part).IsPartOf(new(whole, whole, whole)));
    }

    [Theory]
    [InlineData("[1]", "[2]", "[2]", "[2]", true)]
    [InlineData("[1]", "null", "null", "null", true)]
    [InlineData("null", "null", "null", "[]", true)]
    [InlineData("null", "null", "null", "null", false)]
    [InlineData("[1]", "[2]", "[2]", "\"text\"", false)]
    [InlineData("[1]", "{}", "[2]", "[2]", false)]
    [InlineData("\"text\"", "\"other\"", "null", "null", false)]
    public void Setting_is_a_list_where_each_of_its_values_is_one_or_is_not_set(
        string good, string bad, string latest, string live, bool isList) => Assert.Equal(
        isList, new RecordedValues(Json.Parse(good), Json.Parse(bad), Json.Parse(latest)).IsList(Json.Parse(live)));
}
