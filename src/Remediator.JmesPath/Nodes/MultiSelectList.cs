using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class MultiSelectList(Node[] items) : Node(items)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        if (current.IsNull)
        {
            return JmesPathValue.Null;
        }

        budget.Spend(items.Length);
        return JmesPathValue.FromOwned(Array.ConvertAll(items, item => item.Evaluate(current, budget)));
    }

    public override Reach Reads(Reach current, ReadLog log) =>
        log.List(log.Selected(current, [.. items.Select(item => item.Reads(current, log))]).AsEnumerable().Aggregate(log.Either));
}
