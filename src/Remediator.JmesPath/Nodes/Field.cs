using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Field(string name) : Node
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget) => current.Property(name);

    public override Reach Reads(Reach current, ReadLog log) => log.Property(current, name);
}
