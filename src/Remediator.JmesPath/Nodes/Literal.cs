using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Literal(JmesPathValue value) : Node
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) => value;

    public override Reach Reads(Reach current, ReadLog log) => Reach.Nothing;
}
