using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Or(Node left, Node right) : Node(left, right)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) =>
        left.Evaluate(current, budget) is { IsTruthy: true } found ? found : right.Evaluate(current, budget);

    public override Reach Reads(Reach current, ReadLog log) => log.Alternatives(left.Reads(current, log), right.Reads(current, log));
}
