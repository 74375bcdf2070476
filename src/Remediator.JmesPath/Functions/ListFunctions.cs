using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Functions;

internal static class ListFunctions
{
    public static JmesPathFunction[] All =>
    [
        new("contains", [JmesPathTypes.Array | JmesPathTypes.String, JmesPathTypes.Any], Contains),
        new("length", [JmesPathTypes.String | JmesPathTypes.Array | JmesPathTypes.Object], Length),
        new("map", [JmesPathTypes.Expression, JmesPathTypes.Array], Map) { Flow = Flow.Mapped },
        new("reverse", [JmesPathTypes.String | JmesPathTypes.Array], Reverse) { Flow = Flow.Same },
    ];

    private static JmesPathValue Contains(JmesPathCall call)
    {
        var (subject, sought) = (call[0], call[1]);
        if (subject.Type == JmesPathTypes.String)
        {
            return JmesPathValue.From(
                sought.Type == JmesPathTypes.String && subject.AsString().Contains(sought.AsString(), StringComparison.Ordinal));
        }

        var items = subject.ItemArray();
        call.Budget.Spend(items.Length);
        return JmesPathValue.From(Array.Exists(items, item => ValueEquality.AreEqual(item, sought, call.Budget)));
    }

    private static JmesPathValue Length(JmesPathCall call) =>
        JmesPathValue.From(call[0].Type == JmesPathTypes.String ? CodePoints.Count(call[0].AsString()) : call[0].Length());

    private static JmesPathValue Map(JmesPathCall call)
    {
        var items = call[1].ItemArray();
        call.Budget.Spend(items.Length);
        return JmesPathValue.FromOwned(Array.ConvertAll(items, item => call.Evaluate(0, item)));
    }

    private static JmesPathValue Reverse(JmesPathCall call)
    {
        if (call[0].Type == JmesPathTypes.String)
        {
            return JmesPathValue.From(CodePoints.Reverse(call[0].AsString()));
        }

        var items = call[0].ItemArray();
        call.Budget.Spend(items.Length);
        return JmesPathValue.FromOwned([.. Enumerable.Reverse(items)]);
    }
}
