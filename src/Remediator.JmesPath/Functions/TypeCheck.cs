using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Functions;

/// <summary>Checks whether an argument has a type that the parameter accepts.</summary>
internal static class TypeCheck
{
    public static bool Accepts(JmesPathTypes takes, JmesPathValue value, Budget budget) =>
        (takes & value.Type) != 0
        || (value.Type == JmesPathTypes.Array
            && (takes & (JmesPathTypes.Numbers | JmesPathTypes.Strings)) != 0
            && AcceptsItems(takes, value.ItemArray(), budget));

    /// <summary>The set of types in words: <c>a number or a string</c>.</summary>
    public static string Describe(JmesPathTypes types)
    {
        if (types == JmesPathTypes.Any)
        {
            return "a value";
        }

        return string.Join(" or ", Enum.GetValues<JmesPathTypes>().Where(type => IsOne(type) && types.HasFlag(type)).Select(DescribeOne));
    }

    public static string Name(JmesPathTypes type) => type switch
    {
        JmesPathTypes.Boolean => "boolean",
        JmesPathTypes.Number => "number",
        JmesPathTypes.String => "string",
        JmesPathTypes.Array => "array",
        JmesPathTypes.Object => "object",
        _ => "null",
    };

    private static bool AcceptsItems(JmesPathTypes takes, JmesPathValue[] items, Budget budget)
    {
        budget.Spend(items.Length);
        return (takes.HasFlag(JmesPathTypes.Numbers) && Array.TrueForAll(items, item => item.Type == JmesPathTypes.Number))
            || (takes.HasFlag(JmesPathTypes.Strings) && Array.TrueForAll(items, item => item.Type == JmesPathTypes.String));
    }

    private static bool IsOne(JmesPathTypes type) => int.IsPow2((int)type);

    private static string DescribeOne(JmesPathTypes type) => type switch
    {
        JmesPathTypes.Null => "null",
        JmesPathTypes.Array => "an array",
        JmesPathTypes.Object => "an object",
        JmesPathTypes.Expression => "an &expression",
        JmesPathTypes.Numbers => "an array of numbers",
        JmesPathTypes.Strings => "an array of strings",
        _ => $"a {Name(type)}",
    };
}
