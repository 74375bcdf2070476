namespace Remediator.JmesPath.Functions;

internal static class ObjectFunctions
{
    public static JmesPathFunction[] All =>
    [
        new("keys", [JmesPathTypes.Object], Keys),
        new("values", [JmesPathTypes.Object], Values) { Flow = Flow.Values },
        new("merge", [JmesPathTypes.Object], Merge) { Variadic = true, Flow = Flow.Same },
    ];

    private static JmesPathValue Keys(JmesPathCall call) =>
        JmesPathValue.FromOwned([.. Table(call, 0).Keys.Select(JmesPathValue.From)]);

    private static JmesPathValue Values(JmesPathCall call) => JmesPathValue.FromOwned([.. Table(call, 0).Values]);

    private static JmesPathValue Merge(JmesPathCall call)
    {
        var merged = new OrderedDictionary<string, JmesPathValue>(StringComparer.Ordinal);
        for (var i = 0; i < call.Count; i++)
        {
            foreach (var (name, value) in Table(call, i))
            {
                merged[name] = value;
            }
        }

        return JmesPathValue.FromOwned(merged);
    }

    private static OrderedDictionary<string, JmesPathValue> Table(JmesPathCall call, int argument)
    {
        call.Budget.Spend(call[argument].Length());
        return call[argument].PropertyTable();
    }
}
