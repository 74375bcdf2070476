namespace Remediator.JmesPath.Functions;

/// <summary>Sorting, minimum and maximum. Numbers are ordered by value, strings by code point; the two cannot be mixed.</summary>
internal static class OrderFunctions
{
    private const JmesPathTypes Sortable = JmesPathTypes.Numbers | JmesPathTypes.Strings;

    public static JmesPathFunction[] All =>
        [
            new("sort", [Sortable], call => Sort(call, call[0])) { Flow = Flow.Same },
            new("max", [Sortable], call => Extreme(call, call[0], 1)) { Flow = Flow.Item },
            new("min", [Sortable], call => Extreme(call, call[0], -1)) { Flow = Flow.Item },
            new("sort_by", [JmesPathTypes.Array, JmesPathTypes.Expression], call => Sort(call, Keys(call, "sort_by"))) { Flow = Flow.Same },
            new("max_by", [JmesPathTypes.Array, JmesPathTypes.Expression], call => Extreme(call, Keys(call, "max_by"), 1))
            {
                Flow = Flow.Item,
            },
            new("min_by", [JmesPathTypes.Array, JmesPathTypes.Expression], call => Extreme(call, Keys(call, "min_by"), -1))
            {
                Flow = Flow.Item,
            },
        ];

    private static JmesPathValue Sort(JmesPathCall call, JmesPathValue keys)
    {
        var items = call[0].ItemArray();
        call.Budget.Spend(items.Length);
        var byKey = items.Zip(SortKey.All(keys)).OrderBy(pair => pair.Second);
        return JmesPathValue.FromOwned([.. byKey.Select(pair => pair.First)]);
    }

    /// <summary>The first item that no other item exceeds in the given direction.</summary>
    private static JmesPathValue Extreme(JmesPathCall call, JmesPathValue keys, int direction)
    {
        var items = call[0].ItemArray();
        if (items is [])
        {
            return JmesPathValue.Null;
        }

        call.Budget.Spend(items.Length);
        var sortKeys = SortKey.All(keys);
        var best = 0;
        for (var i = 1; i < items.Length; i++)
        {
            best = Math.Sign(sortKeys[i].CompareTo(sortKeys[best])) == direction ? i : best;
        }

        return items[best];
    }

    private static JmesPathValue Keys(JmesPathCall call, string name)
    {
        var items = call[0].ItemArray();
        call.Budget.Spend(items.Length);
        var keys = JmesPathValue.FromOwned(Array.ConvertAll(items, item => call.Evaluate(1, item)));
        return TypeCheck.Accepts(Sortable, keys, call.Budget)
            ? keys
            : throw call.WrongType(1, $"{name}() needs an expression that gives only numbers or only strings");
    }
}
