using System.Collections.Immutable;
using System.Text.Json;
using Remediator.JmesPath.Nodes;
using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Syntax;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath;

/// <summary>
/// A parsed JMESPath expression: the whole specification, with the built-in functions and custom ones. Immutable; many threads
/// may evaluate it. Functions, their arity and <c>&amp;</c> arguments are checked during parsing, the types of values during
/// evaluation. Depth and work are limited: the worst result of any expression and input is a <see cref="JmesPathException"/>.
/// </summary>
/// <remarks>
/// Numbers are passed on as written, and calculated exactly up to 28 digits. Ordering comparators are for numbers; for
/// anything else they give null, which is false. <c>!a.b</c> is <c>(!a).b</c>. If the input repeats a name, the last one counts.
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

    /// <summary>The text of the expression.</summary>
    public string Text { get; }

    /// <summary>
    /// The top-level names that the expression may read from the root, sorted: <c>state</c> and <c>rule</c> for
    /// <c>state.A.b || rule.c</c>. An expression that uses the whole root (<c>@</c>, <c>*</c>) adds no name here, but a path in
    /// <see cref="Paths"/>.
    /// </summary>
    public ImmutableArray<string> Roots => _reads.Value.Roots;

    /// <summary>
    /// The paths that the expression may read, sorted: <c>state.Rules[].Port</c>, with <c>[]</c> for any item, <c>*</c> for any
    /// property and <c>@</c> for the root itself. After a flatten of lists that may be nested, a path may have one <c>[]</c> too many.
    /// </summary>
    public ImmutableArray<string> Paths => _reads.Value.Paths;

    /// <summary>Whether it reads a member or an item of a negation: <c>!a.b</c> is <c>(!a).b</c>, which is always null.</summary>
    public bool ReadsNegation => _reads.Value.ReadsNegation;

    /// <summary>Where the result comes from, as far as the expression alone shows it.</summary>
    public Reach Result => _reads.Value.Result;

    /// <exception cref="JmesPathException">The text is not a valid expression.</exception>
    public static JmesPathExpression Parse(string text) => Parse(text, JmesPathFunctions.BuiltIn);

    /// <exception cref="JmesPathException">The text is not a valid expression, or calls a function that is not in the table.</exception>
    public static JmesPathExpression Parse(string text, JmesPathFunctions functions) => new(text, Parser.Parse(text, functions));

    /// <summary>Evaluates over a root that consists of these members, without copying them.</summary>
    /// <exception cref="JmesPathException">A function was given an argument that it does not accept, or a limit was exceeded.</exception>
    public JsonElement EvaluateOver(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        var budget = new Budget();
        var root = JmesPathValue.FromProperties(members.Select(m => KeyValuePair.Create(m.Key, JmesPathValue.From(m.Value))));
        return _root.Evaluate(root, budget).ToJsonElement(budget);
    }

    /// <summary>The result as a copy that outlives the root's document (if the root is a clone, nothing is copied).</summary>
    /// <exception cref="JmesPathException">A function was given an argument that it does not accept, or a limit was exceeded.</exception>
    public JsonElement Evaluate(JsonElement root)
    {
        var budget = new Budget();
        return _root.Evaluate(JmesPathValue.From(root), budget).ToJsonElement(budget);
    }
}
