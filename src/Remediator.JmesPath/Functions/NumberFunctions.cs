using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Functions;

internal static class NumberFunctions
{
    public static JmesPathFunction[] All =>
    [
        new("abs", [JmesPathTypes.Number], call => JmesPathValue.From(call[0].Number.Abs())),
        new("ceil", [JmesPathTypes.Number], call => JmesPathValue.From(call[0].Number.Ceiling())),
        new("floor", [JmesPathTypes.Number], call => JmesPathValue.From(call[0].Number.Floor())),
        new("sum", [JmesPathTypes.Numbers], call => JmesPathValue.From(Sum(call[0].ItemArray()))),
        new("avg", [JmesPathTypes.Numbers], Average),
    ];

    private static Number Sum(JmesPathValue[] numbers) =>
        numbers.Aggregate(new Number(0m), (sum, number) => sum.Add(number.Number));

    private static JmesPathValue Average(JmesPathCall call)
    {
        var numbers = call[0].ItemArray();
        return numbers is [] ? JmesPathValue.Null : JmesPathValue.From(Sum(numbers).DivideBy(numbers.Length));
    }
}
