using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary><c>[start:stop:step]</c>, with Python's rules: a bound beyond an end means that end.</summary>
internal sealed class Slice(Node array, long? start, long? stop, long step) : Node(array)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = array.Evaluate(current, budget);
        return value.Type == JmesPathTypes.Array ? JmesPathValue.FromOwned([.. Take(value.ItemArray(), budget)]) : JmesPathValue.Null;
    }

    public override Reach Reads(Reach current, ReadLog log) => array.Reads(current, log);

    private List<JmesPathValue> Take(JmesPathValue[] items, Budget budget)
    {
        budget.Spend(items.Length);
        var taken = new List<JmesPathValue>();
        var (first, end) = step > 0
            ? (Bound(start ?? 0, 0, items.Length), Bound(stop ?? items.Length, 0, items.Length))
            : (Bound(start ?? items.Length - 1, -1, items.Length - 1), stop is null ? -1 : Bound(stop.Value, -1, items.Length - 1));

        for (var i = first; step > 0 ? i < end : i > end; i += step)
        {
            taken.Add(items[i]);
        }

        return taken;

        long Bound(long at, long lowest, long highest) => Math.Clamp(at < 0 ? at + items.Length : at, lowest, highest);
    }
}
