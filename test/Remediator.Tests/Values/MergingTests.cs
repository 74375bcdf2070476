using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Values;

public sealed class MergingTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"b":{"c":9}}""", """{"a":1,"b":{"c":9,"d":3}}""")]
    [InlineData("null", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":5}""", """{"a":5}""")]
    [InlineData("[1]", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", "{}", """{"a":1}""")]
    public void Members_that_are_not_wanted_keep_their_value(string under, string over, string expected) =>
        Steps.AssertSame(Some.Json(expected), Merging.Merge(Some.Json(under), Some.Json(over)));

    [Fact]
    public void Order_of_members_is_kept() =>
        Assert.Equal("""{"z":1,"a":2,"m":3}""", Merging.Merge(Some.Json("""{"z":1,"a":0}"""), Some.Json("""{"m":3,"a":2}""")).GetRawText());
}
