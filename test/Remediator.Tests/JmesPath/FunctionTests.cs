using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

public sealed class FunctionTests
{
    private static readonly JmesPathFunctions Custom = JmesPathFunctions.BuiltIn.With(
        new JmesPathFunction("upper", [JmesPathTypes.String], call => JmesPathValue.From(call[0].AsString().ToUpperInvariant())),
        new JmesPathFunction("count_null", [JmesPathTypes.Any], CountNull) { Variadic = true },
        new JmesPathFunction("first", [JmesPathTypes.Array, JmesPathTypes.Expression], First),
        new JmesPathFunction("parse_json", [JmesPathTypes.String], ParseJson));

    [Theory]
    [InlineData("upper(name)", "\"WEB\"")]
    [InlineData("[name, 'b'][*].upper(@)", """["WEB","B"]""")]
    [InlineData("count_null(name, missing, `null`, `[null]`)", "2")]
    [InlineData("first(items, &id > `1`).id", "2")]
    [InlineData("first(items, &id > `9`)", "null")]
    [InlineData("parse_json(document).Statement[0]", "\"s\"")]
    [InlineData("length(upper(name))", "3")]
    public void A_custom_function_is_called_like_a_built_in_one(string text, string result)
    {
        var actual = JmesPathExpression.Parse(text, Custom).Evaluate(Root());

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(result), actual), actual.ToString());
    }

    [Theory]
    [InlineData("upper(missing)", JmesPathError.InvalidType)]
    [InlineData("upper(name, name)", JmesPathError.InvalidArity)]
    [InlineData("count_null()", JmesPathError.InvalidArity)]
    [InlineData("count_null(&a)", JmesPathError.InvalidType)]
    [InlineData("first(items, id)", JmesPathError.InvalidType)]
    [InlineData("parse_json(name)", JmesPathError.InvalidValue)]
    public void Arity_and_types_of_a_custom_function_are_checked(string text, JmesPathError error)
    {
        Assert.Equal(error, Fault(text).Error);
    }

    [Fact]
    public void A_function_says_which_argument_it_cannot_use()
    {
        Assert.Equal("'web' is not JSON at offset 22", Fault("missing || parse_json(name)").Message);
    }

    [Fact]
    public void A_table_does_not_change_the_one_it_was_made_from()
    {
        var fault = Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse("upper(name)"));

        Assert.Equal(JmesPathError.UnknownFunction, fault.Error);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("two words")]
    [InlineData("")]
    public void Name_that_is_in_use_or_not_an_identifier_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => JmesPathFunctions.BuiltIn.With(new JmesPathFunction(name, [], _ => JmesPathValue.Null)));
    }

    private static JmesPathException Fault(string text) =>
        Assert.Throws<JmesPathException>(() => JmesPathExpression.Parse(text, Custom).Evaluate(Root()));

    private static JsonElement Root() =>
        JsonElement.Parse("""{"name": "web", "items": [{"id": 1}, {"id": 2}], "document": "{\"Statement\": [\"s\"]}"}""");

    private static JmesPathValue CountNull(JmesPathCall call) =>
        JmesPathValue.From((decimal)Enumerable.Range(0, call.Count).Count(i => call[i].IsNull));

    private static JmesPathValue First(JmesPathCall call) =>
        call[0].Items().FirstOrDefault(item => call.Evaluate(1, item).IsTruthy);

    private static JmesPathValue ParseJson(JmesPathCall call)
    {
        try
        {
            return JmesPathValue.From(JsonElement.Parse(call[0].AsString()));
        }
        catch (JsonException)
        {
            throw call.Invalid(0, $"'{call[0].AsString()}' is not JSON");
        }
    }
}
