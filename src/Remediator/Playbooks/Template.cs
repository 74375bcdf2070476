using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>A JSON value with expressions in it. A member or item whose value is null is left out.</summary>
internal abstract record Template(Place At)
{
    internal sealed record Literal(JsonElement Value, Place At) : Template(At);

    /// <summary>A scalar that is one <c>${…}</c>: gives the expression's value, of any type.</summary>
    internal sealed record Computed(JmesPathExpression Expression, Place At) : Template(At);

    /// <summary>Text with expressions in it.</summary>
    internal sealed record Text(ImmutableArray<TextPart> Parts, Place At) : Template(At);

    internal sealed record Members(ImmutableArray<(Template Name, Template Value)> Of, Place At) : Template(At);

    internal sealed record Items(ImmutableArray<Template> Of, Place At) : Template(At);

    /// <summary>The member, or the playbook's keyword, that it belongs to.</summary>
    public string Word { get; init; } = "";

    public static Template Empty { get; } = new Literal(Json.EmptyObject, default);

    public JsonElement Render(Scope scope) => this switch
    {
        Literal literal => literal.Value,
        Computed value => Evaluate(value.Expression, scope),
        Text text => Json.Text(RenderText(text, scope)),
        Members members => Json.Object(members.Of
            .Select(m => KeyValuePair.Create(RenderName(m.Name, scope), m.Value.Render(scope)))
            .Where(m => !m.Value.IsNull())),
        Items items => Json.List(items.Of.Select(i => i.Render(scope)).Where(i => !i.IsNull())),
        _ => throw new InvalidOperationException($"{At}: no way to render {GetType().Name}."),
    };

    /// <summary>Every expression in it, with its position, for the checks before deployment.</summary>
    public IEnumerable<(JmesPathExpression Expression, Place At)> Expressions() => this switch
    {
        Computed value => [(value.Expression, value.At)],
        Text text => text.Parts.OfType<TextPart.Placeholder>().Select(h => (h.Expression, text.At)),
        Members members => members.Of.SelectMany(m => m.Name.Expressions().Concat(m.Value.Expressions())),
        Items items => items.Of.SelectMany(i => i.Expressions()),
        _ => [],
    };

    private static string RenderName(Template name, Scope scope) =>
        name.Render(scope) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : throw new MissingValueException(
                $"{PlaybookText.Setting(name.Word, name.At)} needs the name of a setting that what was read does not have. "
                + "Put it right by hand, or have the playbook changed.");

    private static string RenderText(Text text, Scope scope)
    {
        var result = new StringBuilder();
        foreach (var part in text.Parts)
        {
            result.Append(part switch
            {
                TextPart.Plain plain => plain.Text,
                TextPart.Placeholder hole => text.Plain(text.Evaluate(hole.Expression, scope)),
                _ => "",
            });
        }

        return result.ToString();
    }

    // With a part missing, the name could be another resource's, so the result is null.
    private string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => throw new MissingValueException(
            $"{PlaybookText.Setting(Word, At)} needs a value that what was read does not have. "
            + "Put it right by hand, or have the playbook changed."),
        _ => value.GetRawText(),
    };

    /// <exception cref="ExpressionException">The values have a form that the expression does not expect.</exception>
    public JsonElement Evaluate(JmesPathExpression expression, Scope scope)
    {
        try
        {
            return expression.EvaluateOver(scope.Members);
        }
        catch (Exception e) when (ExpressionException.IsOfExpression(e))
        {
            throw new ExpressionException(Word, At, expression.Text, e);
        }
    }
}
