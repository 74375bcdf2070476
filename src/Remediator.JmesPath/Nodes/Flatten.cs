using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>Replaces each array among an array's items with its own items, one level deep.</summary>
internal sealed class Flatten(Node array) : Node(array)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = array.Evaluate(current, budget);
        if (value.Type != JmesPathTypes.Array)
        {
            return JmesPathValue.Null;
        }

        var flat = new List<JmesPathValue>();
        foreach (var item in value.ItemArray())
        {
            if (item.Type == JmesPathTypes.Array)
            {
                budget.Spend(1 + item.Length());
                flat.AddRange(item.ItemArray());
            }
            else
            {
                budget.Spend(1);
                flat.Add(item);
            }
        }

        return JmesPathValue.FromOwned([.. flat]);
    }

    public override Reach Reads(Reach current, ReadLog log) => log.Flattened(log.Asked(array, current));
}
