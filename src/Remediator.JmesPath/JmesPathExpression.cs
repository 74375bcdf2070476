using System.Collections.Immutable;
using System.Text.Json;
using Remediator.JmesPath.Nodes;
using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Syntax;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath;

/// <summary>
/// A parsed JMESPath expression: the whole specification, with its built-in functions and custom ones. Immutable; may be
/// evaluated by many threads. Functions, their arity and <c>&amp;</c> arguments are checked when it is parsed, types of values when
/// it is evaluated. Depth and work are bounded, so that no expression and no input does worse than a <see cref="JmesPathException"/>.
/// </summary>
/// <remarks>
/// Numbers are passed on as they are written, and computed with exactly up to 28 digits. Ordering comparators are for numbers; on
/// anything else they give null, which is false. <c>!a.b</c> is <c>(!a).b</c>. Where the input has a name twice, the last one counts.
/// </remarks>
public sealed class JmesPathExpression
{
    private readonly Node _root;
    private readonly Lazy<ReadLog> _reads;

    private JmesPathExpression(string text, Node root)
    {
        Text = text;
        _root = root;
        _reads = new Lazy<ReadLog>(() => ReadLog.Of(root));
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>
    /// The top-level names that the expression may read from the root, sorted: <c>state</c> and <c>rule</c> for
    /// <c>state.A.b || rule.c</c>. A root that is read as a whole (<c>@</c>, <c>*</c>) adds no name, but shows in <see cref="Paths"/>.
    /// </summary>
    public ImmutableArray<string> Roots => _reads.Value.Roots;

    /// <summary>
    /// The places that the expression may read, sorted: <c>state.Rules[].Port</c>, with <c>[]</c> for any item, <c>*</c> for any
    /// property and <c>@</c> for the root itself. After a flattening that may find lists in lists, <c>[]</c> may be a level too many.
    /// </summary>
    public ImmutableArray<string> Paths => _reads.Value.Paths;

    /// <summary>Whether it asks a member or an item of a negation: <c>!a.b</c> is <c>(!a).b</c>, which is always null.</summary>
    public bool AsksNegation => _reads.Value.AsksNegation;

    /// <summary>Where the result comes from, as far as can be said without a value.</summary>
    public Reach Result => _reads.Value.Result;

    /// <exception cref="JmesPathException">The text is not an expression.</exception>
    public static JmesPathExpression Parse(string text) => Parse(text, JmesPathFunctions.BuiltIn);

    /// <exception cref="JmesPathException">The text is not an expression, or calls a function that is not in the table.</exception>
    public static JmesPathExpression Parse(string text, JmesPathFunctions functions) => new(text, Parser.Parse(text, functions));

    /// <summary>The same over a root that is put together from its members, without a copy of them.</summary>
    /// <exception cref="JmesPathException">A function was given what it does not take, or a bound was exceeded.</exception>
    public JsonElement EvaluateOver(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        var budget = new Budget();
        var root = JmesPathValue.FromProperties(members.Select(m => KeyValuePair.Create(m.Key, JmesPathValue.From(m.Value))));
        return _root.Evaluate(root, budget).ToJsonElement(budget);
    }

    /// <summary>
    /// The result, which may be kept when the root's document is disposed: it is a copy (none is made where the root is a clone).
    /// </summary>
    /// <exception cref="JmesPathException">A function was given what it does not take, or a bound was exceeded.</exception>
    public JsonElement Evaluate(JsonElement root)
    {
        var budget = new Budget();
        return _root.Evaluate(JmesPathValue.From(root), budget).ToJsonElement(budget);
    }
}
