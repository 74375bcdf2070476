using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class MultiSelectHash((string Name, Node Value)[] properties) : Node(Array.ConvertAll(properties, p => p.Value))
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        if (current.IsNull)
        {
            return JmesPathValue.Null;
        }

        budget.Spend(properties.Length);
        var selected = new OrderedDictionary<string, JmesPathValue>(properties.Length, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            selected[name] = value.Evaluate(current, budget);
        }

        return JmesPathValue.FromOwned(selected);
    }

    public override Reach Reads(Reach current, ReadLog log)
    {
        var values = log.Selected(current, [.. properties.Select(property => property.Value.Reads(current, log))]);
        return log.Hash([.. properties.Select((property, i) => (property.Name, values[i]))]);
    }
}
