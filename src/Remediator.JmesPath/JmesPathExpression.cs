using System.Text.Json;

namespace Remediator.JmesPath;

/// <summary>A parsed JMESPath expression. Immutable; may be evaluated by many threads.</summary>
public sealed class JmesPathExpression
{
    private JmesPathExpression(string text) => Text = text;

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <exception cref="JmesPathException">The text is not an expression.</exception>
    public static JmesPathExpression Parse(string text) => new(text);

    /// <exception cref="JmesPathException">A function was given what it does not take.</exception>
    public JsonElement Evaluate(JsonElement root) => throw new NotImplementedException(Text);
}
