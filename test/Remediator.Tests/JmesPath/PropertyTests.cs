using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

public sealed class PropertyTests
{
    private static readonly Config Many = Samples.Cases(3_000);

    [Fact]
    public void Any_expression_on_any_json_gives_a_result_or_a_jmespath_exception()
    {
        Prop.ForAll(RandomExpression.Any.ToArbitrary(), RandomJson.Any.ToArbitrary(), (text, json) => Ends(text, json)).Check(Many);
    }

    [Fact]
    public void Any_text_is_an_expression_or_a_jmespath_exception_within_its_bounds()
    {
        var broken = from text in RandomExpression.Any
                     from at in Gen.Choose(0, text.Length)
                     from junk in Gen.Elements(
                         "[", "]", "(", ")", "{", "'", "\"", "`", "&", "|", "!", "=", "\\", "-", "0", "\ud800", "\0", ",", ":")
                     select text.Insert(at, junk);

        Prop.ForAll(broken.ToArbitrary(), text => Ends(text, "{}")).Check(Many);
    }

    [Fact]
    public void An_expression_never_reads_a_top_level_name_that_it_does_not_say()
    {
        Prop.ForAll(RandomExpression.Any.ToArbitrary(), RandomJson.Object.ToArbitrary(), (text, json) => OnlyRootsMatter(text, json))
            .Check(Many);
    }

    [Fact]
    public void Json_equals_itself_and_survives_the_identity_expression()
    {
        Prop.ForAll(
            RandomJson.Any.ToArbitrary(),
            json => JmesPathExpression.Parse("[v == v, [v][0] == v, {a: v}.a == v]").Evaluate(JsonElement.Parse($"{{\"v\": {json}}}"))
                .GetRawText()
                == "[true,true,true]").Check(Many);
    }

    private static bool Ends(string text, string json)
    {
        try
        {
            var expression = JmesPathExpression.Parse(text);
            _ = expression.Paths;
            return expression.Evaluate(JsonElement.Parse(json)).GetRawText().Length > 0;
        }
        catch (JmesPathException e)
        {
            return e.Position >= 0 && e.Position <= text.Length;
        }
    }

    private static bool OnlyRootsMatter(string text, string json)
    {
        var expression = JmesPathExpression.Parse(text);
        if (expression.Paths.Any(path => path.StartsWith('@') || path.StartsWith('*') || path.StartsWith('[')))
        {
            return true;
        }

        var all = JsonElement.Parse(json);
        var read = all.EnumerateObject().Where(p => expression.Roots.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value);
        var only = JsonSerializer.SerializeToElement(read);
        return Outcome(expression, all) == Outcome(expression, only);
    }

    private static string Outcome(JmesPathExpression expression, JsonElement root)
    {
        try
        {
            return JsonSerializer.Serialize(expression.Evaluate(root));
        }
        catch (JmesPathException e)
        {
            return e.Message;
        }
    }
}
