using Remediator.JmesPath.Nodes;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath;

/// <summary>One call of a function, with arguments whose types have been checked.</summary>
public sealed class JmesPathCall
{
    private readonly Argument[] _arguments;
    private readonly JmesPathValue[] _values;

    internal JmesPathCall(Argument[] arguments, JmesPathValue[] values, Budget budget)
    {
        _arguments = arguments;
        _values = values;
        Budget = budget;
    }

    public int Count => _values.Length;

    internal Budget Budget { get; }

    /// <summary>An argument's value; null for an expression reference.</summary>
    public JmesPathValue this[int argument] => _values[argument];

    /// <summary>Evaluates the expression reference given as <paramref name="argument"/> on <paramref name="current"/>.</summary>
    public JmesPathValue Evaluate(int argument, JmesPathValue current) => _arguments[argument].Expression.Evaluate(current, Budget);

    /// <summary>The exception to throw for an argument of the right type whose value cannot be used.</summary>
    public JmesPathException Invalid(int argument, string why) =>
        new(JmesPathError.InvalidValue, _arguments[argument].Position, why);

    internal JmesPathException WrongType(int argument, string why) =>
        new(JmesPathError.InvalidType, _arguments[argument].Position, why);
}
