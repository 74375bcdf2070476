using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>Applies an expression to those items of an array for which a condition holds.</summary>
internal sealed class FilterProjection(Node array, Node condition, Node each) : Node(array, condition, each)
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        var value = array.Evaluate(current, budget);
        if (value.Type != JmesPathTypes.Array)
        {
            return JmesPathValue.Null;
        }

        var items = value.ItemArray();
        budget.Spend(1 + items.Length);
        var matching = new List<JmesPathValue>();
        foreach (var item in items)
        {
            if (condition.Evaluate(item, budget).IsTruthy && each.Evaluate(item, budget) is { IsNull: false } result)
            {
                matching.Add(result);
            }
        }

        return JmesPathValue.FromOwned([.. matching]);
    }

    public override Reach Reads(Reach current, ReadLog log)
    {
        var item = log.Item(log.Asked(array, current));
        log.Use(condition.Reads(item, log));
        return log.Each(item, each);
    }
}
