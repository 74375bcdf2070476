using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>AWS Config writes values in other forms than the APIs answer in; a difference of form alone is no drift.</summary>
public sealed class CanonicalTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":"1","b":null,"c":"","d":[],"e":{"f":{}}}""")]
    [InlineData("""[1,"x",{"a":1}]""", """[{"a":"1"},"x","1",null,""]""")]
    [InlineData("true", "\"true\"")]
    [InlineData("false", "\"false\"")]
    [InlineData("1.50", "1.5")]
    [InlineData("5.0", "\"5\"")]
    [InlineData("1e400", "1e400")]
    [InlineData("""{"etag":"x","a":1}""", """{"a":1,"etag":"y"}""")]
    [InlineData("null", "[]")]
    public void Other_forms_of_a_value_are_the_same(string one, string other) => Assert.True(Same(one, other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"b":1}""")]
    [InlineData("[1,1]", "[1]")]
    [InlineData("[1,2]", "[12]")]
    [InlineData("\"a,b\"", """["a","b"]""")]
    [InlineData("[\"a\"]", "\"a\"")]
    [InlineData("[[1],[2]]", "[[1,2]]")]
    [InlineData("true", "false")]
    [InlineData("true", "\"True\"")]
    [InlineData("false", "null")]
    [InlineData("0", "null")]
    [InlineData("1e400", "1e401")]
    public void Other_values_are_not(string one, string other) => Assert.False(Same(one, other));

    [Fact]
    public void Texts_do_not_pass_for_structure() =>
        Assert.False(Same("""["a","b"]""", """["a',1'b"]"""));

    [Theory]
    [InlineData("null", true)]
    [InlineData("\"\"", true)]
    [InlineData("[null]", true)]
    [InlineData("""{"a":{"b":[]}}""", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public void What_is_empty_counts_as_absent(string value, bool isAbsent) =>
        Assert.Equal(isAbsent, Canonical.IsAbsent(Json.Parse(value)));

    private static bool Same(string one, string other) => new Canonical(["etag"]).Same(Json.Parse(one), Json.Parse(other));
}
