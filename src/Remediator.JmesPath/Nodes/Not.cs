using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Not(Node operand) : Node(operand)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) =>
        JmesPathValue.From(!operand.Evaluate(current, budget).IsTruthy);

    public override Reach Reads(Reach current, ReadLog log)
    {
        log.Use(operand.Reads(current, log));
        return Reach.Nothing;
    }
}
