namespace Remediator.JmesPath.Functions;

internal static class StringFunctions
{
    public static JmesPathFunction[] All =>
    [
        new(
            "starts_with",
            [JmesPathTypes.String, JmesPathTypes.String],
            call => JmesPathValue.From(call[0].AsString().StartsWith(call[1].AsString(), StringComparison.Ordinal))),
        new(
            "ends_with",
            [JmesPathTypes.String, JmesPathTypes.String],
            call => JmesPathValue.From(call[0].AsString().EndsWith(call[1].AsString(), StringComparison.Ordinal))),
        new("join", [JmesPathTypes.String, JmesPathTypes.Strings], Join),
    ];

    private static JmesPathValue Join(JmesPathCall call)
    {
        var glue = call[0].AsString();
        var parts = Array.ConvertAll(call[1].ItemArray(), part => part.AsString());
        call.Budget.SpendText(parts.Sum(part => (long)part.Length + glue.Length));
        return JmesPathValue.From(string.Join(glue, parts));
    }
}
