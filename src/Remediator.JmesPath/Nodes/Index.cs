using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Index(Node array, long index) : Node(array)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = array.Evaluate(current, budget);
        if (value.Type != JmesPathTypes.Array)
        {
            return JmesPathValue.Null;
        }

        var length = value.Length();
        var at = index < 0 ? index + length : index;
        return at < 0 || at >= length ? JmesPathValue.Null : ItemAt(value, (int)at);
    }

    public override Reach Reads(Reach current, ReadLog log) => log.Item(array.Reads(current, log));

    private static JmesPathValue ItemAt(JmesPathValue value, int at) =>
        value.Built is JmesPathValue[] items ? items[at] : JmesPathValue.From(value.Element[at]);
}
