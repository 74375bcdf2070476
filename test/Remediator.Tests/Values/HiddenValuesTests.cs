using System.Text.Json;
using Remediator.Values;

namespace Remediator.Tests.Values;

/// <summary>What leaves the service is whole but for what may be secret, and a changed secret is seen to be another one.</summary>
public sealed class HiddenValuesTests
{
    [Theory]
    [InlineData("""{"Timeout":3,"Environment":{"Variables":{"DB":"x"}}}""", """{"Timeout":3,"Environment":{"Variables":"(a value)"}}""")]
    [InlineData(
        """[{"Key":"Owner","Value":"web"},{"Key":"ApiKey","Value":"x"}]""",
        """[{"Key":"Owner","Value":"web"},{"Key":"ApiKey","Value":"(a value)"}]""")]
    [InlineData(
        """{"MasterUserPassword":"x","Port":5432,"On":false,"Nothing":null}""",
        """{"MasterUserPassword":"(a value)","Port":5432,"On":false,"Nothing":null}""")]
    [InlineData("""{"Url":"https://kim:x@example.com/"}""", """{"Url":"(a value)"}""")]
    public void What_may_be_secret_is_replaced_and_all_else_is_kept(string value, string shown) =>
        Assert.Equal(shown, HiddenValues.Of("", Parsed(value)).GetRawText());

    [Theory]
    [InlineData("""{"Password":"x"}""", """{"Password":"x"}""", """{"Password":"(a value)"}""")]
    [InlineData("""{"Password":"x"}""", """{"Password":"y"}""", """{"Password":"(another value)"}""")]
    [InlineData("{}", """{"Password":"y"}""", """{"Password":"(another value)"}""")]
    [InlineData("""[{"Token":"x"}]""", """[{"Token":"x"},{"Token":"y"}]""", """[{"Token":"(a value)"},{"Token":"(another value)"}]""")]
    public void Changed_secret_is_another_value(string before, string after, string shown) =>
        Assert.Equal(shown, HiddenValues.Of("", Parsed(after), Parsed(before)).GetRawText());

    private static JsonElement Parsed(string text) => Json.Parse(text);
}
