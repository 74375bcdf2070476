using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("foo[?a ||)", "unexpected ')' at offset 9")]
    [InlineData("length(", "unexpected end of the expression at offset 7")]
    [InlineData("foo.'bar'", "unexpected literal at offset 4")]
    [InlineData("foo \"a b\"", "unexpected '\"a b\"' at offset 4")]
    [InlineData("a = b", "unexpected '=' at offset 2")]
    [InlineData("a.😀", "unexpected '😀' at offset 2")]
    [InlineData("a || 'b", "unclosed ' at offset 5")]
    [InlineData("a || `{\"b\"`", "malformed literal at offset 5")]
    [InlineData("\"\\x\"", "malformed quoted identifier at offset 0")]
    [InlineData("a || nope(b)", "unknown function 'nope' at offset 5")]
    [InlineData("a || abs(b, c)", "abs() takes 1 argument, not 2 at offset 5")]
    [InlineData("merge()", "merge() takes at least 1 argument, not 0 at offset 0")]
    [InlineData("sort_by(a, b)", "sort_by() takes an &expression, not a value at offset 11")]
    [InlineData("length(&b)", "length() takes a string or an array or an object, not an &expression at offset 7")]
    [InlineData("a[1:2:0]", "the step of a slice cannot be 0 at offset 6")]
    public void A_mistake_in_the_text_is_reported_with_its_place(string text, string message)
    {
        var fault = Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text));

        Assert.Equal(message, fault.Message);
        Assert.EndsWith($"at offset {fault.Position}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@ | abs(state.a)", "abs() takes a number, not a string at offset 8")]
    [InlineData("length( missing )", "length() takes a string or an array or an object, not null at offset 8")]
    [InlineData("max(`[1, \"a\"]`)", "max() takes an array of numbers or an array of strings, not an array at offset 4")]
    [InlineData("sort_by([state], &b)", "sort_by() needs an expression that gives only numbers or only strings at offset 17")]
    public void An_argument_of_the_wrong_type_is_reported_with_its_place(string text, string message)
    {
        var expression = JmesPathExpression.Parse(text);

        var fault = Assert.Throws<JmesPathException>(() => expression.Evaluate(JsonElement.Parse("""{"state": {"a": "x"}}""")));

        Assert.Equal(message, fault.Message);
        Assert.Equal(JmesPathError.InvalidType, fault.Error);
    }

    [Theory]
    [InlineData("length(a)")]
    [InlineData("a == 'x'")]
    [InlineData("[a] | to_string(@)")]
    [InlineData("keys(b)")]
    [InlineData("b.*")]
    public void Text_with_half_of_a_surrogate_pair_is_an_invalid_value(string text)
    {
        var root = JsonElement.Parse("""{"a": "\ud800", "b": {"\udc00": 1}}""");

        var fault = Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text).Evaluate(root));

        Assert.Equal(JmesPathError.InvalidValue, fault.Error);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_in_the_expression_is_a_syntax_error()
    {
        var fault = Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse("a || '\ud800'"));

        Assert.Equal("half of a surrogate pair at offset 6", fault.Message);
    }
}
