using System.Diagnostics;
using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Syntax;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>
/// Equality of any two values. By the specification, order is defined for two numbers only; otherwise the result is null.
/// </summary>
internal sealed class Comparison(TokenKind comparator, Node left, Node right) : Node(left, right)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var a = left.Evaluate(current, budget);
        var b = right.Evaluate(current, budget);
        return comparator switch
        {
            TokenKind.Equal => JmesPathValue.From(ValueEquality.AreEqual(a, b, budget)),
            TokenKind.NotEqual => JmesPathValue.From(!ValueEquality.AreEqual(a, b, budget)),
            _ when a.Type != JmesPathTypes.Number || b.Type != JmesPathTypes.Number => JmesPathValue.Null,
            _ => JmesPathValue.From(IsOrdered(a.Number.CompareTo(b.Number))),
        };
    }

    public override Reach Reads(Reach current, ReadLog log)
    {
        log.Use(left.Reads(current, log));
        log.Use(right.Reads(current, log));
        return Reach.Nothing;
    }

    private bool IsOrdered(int order) => comparator switch
    {
        TokenKind.Less => order < 0,
        TokenKind.LessOrEqual => order <= 0,
        TokenKind.Greater => order > 0,
        TokenKind.GreaterOrEqual => order >= 0,
        _ => throw new UnreachableException($"{comparator} is no comparator."),
    };
}
