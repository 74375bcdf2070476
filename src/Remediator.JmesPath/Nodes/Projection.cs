using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>Applies an expression to each item of an array and leaves out nulls.</summary>
internal sealed class Projection(Node array, Node each) : Node(array, each)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = array.Evaluate(current, budget);
        return value.Type == JmesPathTypes.Array ? Over(value.ItemArray(), each, budget) : JmesPathValue.Null;
    }

    public override Reach Reads(Reach current, ReadLog log) => log.Each(log.Item(log.Asked(array, current)), each);

    public static JmesPathValue Over(ReadOnlySpan<JmesPathValue> items, Node each, Budget budget)
    {
        budget.Spend(1 + items.Length);
        var results = new List<JmesPathValue>(items.Length);
        foreach (var item in items)
        {
            var result = each.Evaluate(item, budget);
            if (!result.IsNull)
            {
                results.Add(result);
            }
        }

        return JmesPathValue.FromOwned([.. results]);
    }
}
