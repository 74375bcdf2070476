using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Current : Node
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) => current;

    public override Reach Reads(Reach current, ReadLog log) => current;
}
