using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Values;

public sealed class StateComparerTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":1,"b":null}""", """{"a":1}""")]
    [InlineData("[1,2,2]", "[2,1,2]")]
    [InlineData("""[{"a":[1,2]},{"b":3}]""", """[{"b":3},{"a":[2,1]}]""")]
    [InlineData("1", "1.0")]
    [InlineData("1e2", "100")]
    [InlineData("null", "null")]
    [InlineData("\"A\"", "\"\\u0041\"")]
    public void Values_that_mean_the_same_are_the_same(string a, string b) => AssertSame(true, a, b, []);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":0}""")]
    [InlineData("[1,2,2]", "[1,1,2]")]
    [InlineData("[1]", "[1,1]")]
    [InlineData("\"1\"", "1")]
    [InlineData("true", "false")]
    [InlineData("null", "false")]
    [InlineData("{}", "null")]
    [InlineData("[]", "{}")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("0.1", "0.10000000000000001")]
    public void Values_that_differ_are_not_the_same(string a, string b) => AssertSame(false, a, b, []);

    [Fact]
    public void Members_that_AWS_renews_are_left_out_at_any_depth()
    {
        AssertSame(true, """{"Id":"1","r":[{"Id":"2","x":1}]}""", """{"Id":"8","r":[{"Id":"9","x":1}]}""", ["Id"]);
        AssertSame(false, """{"Id":"1","x":1}""", """{"Id":"1","x":2}""", ["Id"]);
    }

    [Fact]
    public void A_list_contains_an_item_whatever_its_renewed_members()
    {
        var comparer = new StateComparer(["Id"]);

        Assert.True(comparer.Items(Some.Json("""[{"Id":1,"x":1}]""")).Contains(Some.Json("""{"Id":2,"x":1}""")));
        Assert.False(comparer.Items(Some.Json("""[{"x":2}]""")).Contains(Some.Json("""{"x":1}""")));
        Assert.False(comparer.Items(Json.Null).Contains(Some.Json("1")));
    }

    private static void AssertSame(bool expected, string a, string b, string[] ignored)
    {
        var comparer = new StateComparer(ignored);
        Assert.Equal(expected, comparer.Same(Some.Json(a), Some.Json(b)));
        Assert.Equal(expected, comparer.Same(Some.Json(b), Some.Json(a)));
    }
}
