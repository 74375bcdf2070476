using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>
/// A JMESPath expression in a playbook. <c>${…}</c> in it is evaluated first, over the scope, and inserted as a literal,
/// so that a filter can compare with values outside the list that it filters.
/// </summary>
internal sealed class Expression
{
    private readonly JmesPathExpression? _fixed;
    private readonly ImmutableArray<TextPart> _parts;

    private Expression(string text, Place at, JmesPathExpression? @fixed, ImmutableArray<TextPart> parts) =>
        (Text, At, _fixed, _parts) = (text, at, @fixed, parts);

    /// <summary>The expression with a literal for each <c>${…}</c>: for the checks before deployment.</summary>
    public JmesPathExpression Outline => _fixed ?? JmesPathExpression.Parse(Fill(_parts, _ => Json.Null), PlaybookFunctions.Table);

    /// <summary>The content of each <c>${…}</c>, which is evaluated over the scope.</summary>
    public IEnumerable<JmesPathExpression> Holes => _parts.OfType<TextPart.Placeholder>().Select(h => h.Expression);

    public string Text { get; }

    /// <summary>The playbook keyword that the expression belongs to; empty if there is none.</summary>
    public string Word { get; private init; } = "";

    public Place At { get; }

    /// <exception cref="JmesPathException">The text is not a valid expression.</exception>
    public static Expression Parse(string text, Place at, string word = "")
    {
        var parts = TextPart.Split(text);
        if (!parts.Any(p => p is TextPart.Placeholder))
        {
            return new(text, at, JmesPathExpression.Parse(text, PlaybookFunctions.Table), []) { Word = word };
        }

        // With a literal for each placeholder, the parser can check the rest.
        JmesPathExpression.Parse(Fill(parts, _ => Json.Null), PlaybookFunctions.Table);
        return new(text, at, null, parts) { Word = word };
    }

    /// <summary>Evaluates over the scope.</summary>
    public JsonElement Evaluate(Scope scope) => Evaluate(scope, expression => expression.EvaluateOver(scope.Members));

    /// <summary>Evaluates over <paramref name="root"/>, with the placeholders evaluated over the scope.</summary>
    public JsonElement Evaluate(JsonElement root, Scope scope) => Evaluate(scope, expression => expression.Evaluate(root));

    private JsonElement Evaluate(Scope scope, Func<JmesPathExpression, JsonElement> evaluate)
    {
        try
        {
            return evaluate(_fixed ?? JmesPathExpression.Parse(
                Fill(_parts, hole => hole.Expression.EvaluateOver(scope.Members)), PlaybookFunctions.Table));
        }
        catch (Exception e) when (ExpressionException.IsOfExpression(e))
        {
            throw new ExpressionException(Word, At, Text, e);
        }
    }

    private static string Fill(ImmutableArray<TextPart> parts, Func<TextPart.Placeholder, JsonElement> value)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                TextPart.Placeholder hole => Literal(value(hole)),
                TextPart.Plain plain => plain.Text,
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Literal(JsonElement value) =>
        value.IsNull() ? "`null`" : $"`{value.GetRawText().Replace("`", "\\`", StringComparison.Ordinal)}`";
}
