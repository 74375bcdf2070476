using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

/// <summary>The tests run on a small stack, where unlimited recursion would end the whole run.</summary>
[Trait("Category", "Slow")]
public sealed class BoundTests
{
    private const int SmallStack = 512 * 1024;

    public static TheoryData<string> Bottomless => new(
        Repeat("(", 100_000),
        Repeat("[", 100_000),
        Repeat("!", 100_000) + "a",
        Repeat("{a:", 100_000),
        Repeat("[?", 100_000),
        Repeat("abs(", 100_000),
        Repeat("map(&", 100_000),
        Repeat("a.", 100_000) + "a",
        Repeat("a||", 100_000) + "a",
        Repeat("a|", 100_000) + "a",
        "a" + Repeat("[0]", 100_000),
        "a" + Repeat("[]", 100_000),
        "a" + Repeat("[*]", 100_000),
        "a" + Repeat(".*", 100_000),
        "a" + Repeat("==a", 100_000));

    public static TheoryData<string> DeepButFine => new(
        Repeat("(", 200) + "@" + Repeat(")", 200),
        Repeat("[", 200) + "@" + Repeat("]", 200),
        Repeat("!", 200) + "@",
        Repeat("not_null(", 200) + "@" + Repeat(")", 200),
        Repeat("a.", 200) + "a",
        Repeat("missing||", 200) + "@",
        "@" + Repeat("[*]", 120),
        Repeat("map(&", 120) + "@" + Repeat(", [@])", 120));

    [Theory]
    [MemberData(nameof(Bottomless))]
    public void Expression_that_is_nested_too_deep_is_a_syntax_error(string text)
    {
        var fault = OnSmallStack(() => Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text)));

        Assert.Equal(JmesPathError.Syntax, fault.Error);
        Assert.StartsWith("the expression is nested deeper than 256 levels at offset ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DeepButFine))]
    public void An_expression_of_reasonable_depth_is_evaluated(string text)
    {
        var root = JsonElement.Parse("""{"a": []}""");

        var result = OnSmallStack(() => JmesPathExpression.Parse(text).Evaluate(root));

        Assert.NotEqual(JsonValueKind.Undefined, result.ValueKind);
    }

    [Theory]
    [InlineData("@ == @")]
    [InlineData("contains([@], @)")]
    public void Input_too_deep_to_be_compared_is_an_invalid_value(string text)
    {
        var fault = OnSmallStack(() => Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text).Evaluate(DeepInput())));

        Assert.Equal(JmesPathError.InvalidValue, fault.Error);
        Assert.Contains("deeper than 512 levels", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@")]
    [InlineData("[@][0]")]
    [InlineData("{a: @}.a")]
    [InlineData("to_string(@)")]
    public void Input_of_any_depth_is_passed_on(string text)
    {
        var result = OnSmallStack(() => JmesPathExpression.Parse(text).Evaluate(DeepInput()));

        Assert.Equal(20_000, result.ToString().Length);
    }

    [Fact]
    public void A_result_built_too_deep_is_an_invalid_value()
    {
        var nested = Repeat("[", 200) + "@" + Repeat("]", 200);
        var text = string.Join(" | ", Enumerable.Repeat(nested, 20));

        var fault = OnSmallStack(
            () => Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text).Evaluate(JsonElement.Parse("1"))));

        Assert.Equal(JmesPathError.InvalidValue, fault.Error);
    }

    [Theory]
    [InlineData("[@, @]")]
    [InlineData("{a: @, b: @}")]
    [InlineData("[@, @][]")]
    [InlineData("join('', [to_string(@), to_string(@)])")]
    [InlineData("[to_string(@), to_string(@)]")]
    public void Expression_whose_result_keeps_doubling_is_an_invalid_value(string doubling)
    {
        var expression = JmesPathExpression.Parse(string.Join(" | ", Enumerable.Repeat(doubling, 60)));

        var fault = OnSmallStack(() => Assert.Throws<JmesPathException>(() => expression.Evaluate(JsonElement.Parse("[1]"))));

        Assert.Equal(JmesPathError.InvalidValue, fault.Error);
        Assert.Contains("steps", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(@ || a)")]
    [InlineData("(a || b)")]
    [InlineData("{x: @, y: @}")]
    [InlineData("[[[[@, a]]]]")]
    public void What_is_read_is_said_in_bounded_time(string doubling)
    {
        var expression = JmesPathExpression.Parse(string.Join(" | ", Enumerable.Repeat(doubling, 60)));

        var paths = OnSmallStack(() => expression.Paths);

        Assert.InRange(paths.Length, 0, 2048);
    }

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    private static JsonElement DeepInput() =>
        JsonElement.Parse(Repeat("[", 10_000) + Repeat("]", 10_000), new JsonDocumentOptions { MaxDepth = 20_000 });

    private static T OnSmallStack<T>(Func<T> act)
    {
        var result = default(T);
        var fault = default(Exception);
        var thread = new Thread(Run, SmallStack);
        thread.Start();
        thread.Join();
        return fault is null ? result! : throw new InvalidOperationException("failed on the small stack", fault);

        void Run()
        {
            try
            {
                result = act();
            }
            catch (Exception e)
            {
                fault = e;
            }
        }
    }
}
