using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>The right side, evaluated on the result of the left: a sub-expression or a pipe, which differ only in parsing.</summary>
internal sealed class Chain(Node left, Node right) : Node(left, right)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) =>
        right.Evaluate(left.Evaluate(current, budget), budget);

    public override Reach Reads(Reach current, ReadLog log) => right.Reads(log.Asked(left, current), log);
}
