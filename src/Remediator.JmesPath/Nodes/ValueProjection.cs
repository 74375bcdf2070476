using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>Applies an expression to each value of an object and leaves out nulls.</summary>
internal sealed class ValueProjection(Node source, Node each) : Node(source, each)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = source.Evaluate(current, budget);
        return value.Type == JmesPathTypes.Object
            ? Projection.Over([.. value.PropertyTable().Values], each, budget)
            : JmesPathValue.Null;
    }

    public override Reach Reads(Reach current, ReadLog log) => log.Each(log.AnyValue(log.Asked(source, current)), each);
}
