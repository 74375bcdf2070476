using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>Right, evaluated on what left gives: a sub-expression or a pipe, which differ only in how they are parsed.</summary>
internal sealed class Chain(Node left, Node right) : Node(left, right)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) =>
        right.Evaluate(left.Evaluate(current, budget), budget);

    public override Reach Reads(Reach current, ReadLog log) => right.Reads(log.Asked(left, current), log);
}
