using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("[a, 'built']")]
    [InlineData("`[1]`")]
    [InlineData("missing")]
    public void A_result_outlives_the_document_it_came_from(string text)
    {
        JsonElement result;
        using (var document = JsonDocument.Parse("""{"a": {"b": [1, 2]}}"""))
        {
            result = JmesPathExpression.Parse(text).Evaluate(document.RootElement);
        }

        Assert.NotEmpty(result.GetRawText());
    }

    [Theory]
    [InlineData("id")]
    [InlineData("[id][0]")]
    [InlineData("to_array(id)[0]")]
    public void Numbers_pass_through_as_they_are_written(string text)
    {
        var root = JsonElement.Parse("""{"id": 1234567890123456789012345678901234567890.10}""");

        Assert.Equal("1234567890123456789012345678901234567890.10", JmesPathExpression.Parse(text).Evaluate(root).GetRawText());
    }

    [Fact]
    public void Expression_on_an_undefined_root_gives_null()
    {
        Assert.Equal(JsonValueKind.Null, JmesPathExpression.Parse("a.b").Evaluate(default).ValueKind);
        Assert.Equal("[null]", JmesPathExpression.Parse("to_array(@)").Evaluate(default).GetRawText());
    }

    [Fact]
    public void The_expressions_text_is_available()
    {
        Assert.Equal(" a . b ", JmesPathExpression.Parse(" a . b ").Text);
    }

    [Fact]
    public void Many_threads_may_evaluate_one_expression()
    {
        var expression = JmesPathExpression.Parse("{ids: sort_by(rows[?n > `1`], &n)[].to_string(id), n: sum(rows[*].n)}");

        var results = Enumerable.Range(0, 2_000).AsParallel().WithDegreeOfParallelism(8).Select(Evaluate).ToList();

        Assert.All(results, pair => Assert.Equal(pair.Expected, pair.Actual));

        (string Expected, string Actual) Evaluate(int i)
        {
            var root = JsonElement.Parse($$"""{"rows": [{"id": {{i}}, "n": 3}, {"id": "b{{i}}", "n": 2}, {"id": 0, "n": 1}]}""");
            return ($$"""{"ids":["b{{i}}","{{i}}"],"n":6}""", expression.Evaluate(root).GetRawText());
        }
    }
}
