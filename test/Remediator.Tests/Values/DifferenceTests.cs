using System.Text.Json;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Values;

public sealed class DifferenceTests
{
    [Fact]
    public void The_smallest_members_that_differ_are_named()
    {
        var differences = Between("""{"a":{"b":1,"c":2},"d":[1,2],"e":3}""", """{"a":{"b":1,"c":9},"d":[2,1],"f":4}""");

        Assert.Equal(["a.c 2 -> 9", "e 3 -> null", "f null -> 4"], differences.Select(d => $"{d.At} {Raw(d.Old)} -> {Raw(d.New)}"));
    }

    [Fact]
    public void A_value_where_there_was_none_is_one_difference() =>
        Assert.Equal("the whole setting", Assert.Single(Between("null", """{"a":1}""")).At);

    [Fact]
    public void Equal_values_have_no_difference() => Assert.Empty(Between("""{"a":[1,{"b":2}]}""", """{"a":[{"b":2},1]}"""));

    [Fact]
    public void Ignored_members_have_none() =>
        Assert.Empty(Difference.Between(Some.Json("""{"Id":1}"""), Some.Json("""{"Id":2}"""), new(["Id"])));

    [Theory]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"a":1,"b":{"c":3,"d":4}}""")]
    [InlineData("null", """{"a":1}""")]
    [InlineData("""{"a":{"b":{"c":1}}}""", """{"a":{"b":{"c":2}}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""")]
    [InlineData("{}", """{"a":{"b":1}}""")]
    public void Reverting_every_difference_gives_the_old_value(string old, string @new) =>
        Steps.AssertSame(Some.Json(old), Difference.Revert(Some.Json(@new), Between(old, @new)));

    [Fact]
    public void Reverting_keeps_what_somebody_else_changed()
    {
        var differences = Between("""{"a":1,"b":1}""", """{"a":2,"b":1}""");

        var reverted = Difference.Revert(Some.Json("""{"a":2,"b":7,"c":8}"""), differences);

        Steps.AssertSame(Some.Json("""{"a":1,"b":7,"c":8}"""), reverted);
    }

    [Fact]
    public void A_member_that_was_not_there_before_goes_rather_than_becoming_null() =>
        Assert.Equal(
            """{"a":1}""", Difference.Revert(Some.Json("""{"a":1,"b":2}"""), Between("""{"a":1}""", """{"a":1,"b":2}""")).GetRawText());

    private static System.Collections.Immutable.ImmutableArray<Difference> Between(string old, string @new) =>
        Difference.Between(Some.Json(old), Some.Json(@new), StateComparer.Exact);

    private static string Raw(JsonElement value) => value.IsNull() ? "null" : value.GetRawText();
}
