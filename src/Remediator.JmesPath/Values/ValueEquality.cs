using System.Text.Json;

namespace Remediator.JmesPath.Values;

/// <summary>Deep equality: numbers by value, objects regardless of the order of their properties.</summary>
internal static class ValueEquality
{
    public static bool AreEqual(JmesPathValue left, JmesPathValue right, Budget budget, int depth = 0)
    {
        var type = left.Type;
        if (type != right.Type)
        {
            return false;
        }

        return type switch
        {
            JmesPathTypes.Null => true,
            JmesPathTypes.Boolean => left.AsBoolean() == right.AsBoolean(),
            JmesPathTypes.Number => SameNumber(left, right),
            JmesPathTypes.String => SameString(left, right),
            JmesPathTypes.Array => SameItems(left.ItemArray(), right.ItemArray(), budget, depth + 1),
            _ => SameProperties(left, right, budget, depth + 1),
        };
    }

    private static bool SameNumber(JmesPathValue left, JmesPathValue right) =>
        left.Number.CompareTo(right.Number) == 0 && !AreDifferentIntegers(left, right);

    // Two different integers too large for a decimal would be equal as doubles.
    private static bool AreDifferentIntegers(JmesPathValue left, JmesPathValue right) =>
        left.Built is null && right.Built is null && IsLongInteger(left.Element, out var a) && IsLongInteger(right.Element, out var b)
            && a != b;

    private static bool IsLongInteger(JsonElement element, out string digits)
    {
        digits = element.GetRawText();
        return digits.Length > 28 && digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
    }

    private static bool SameString(JmesPathValue left, JmesPathValue right) => (left.Built, right.Built) switch
    {
        (null, string text) => JsonText.Equal(left.Element, text),
        (string text, null) => JsonText.Equal(right.Element, text),
        _ => left.AsString() == right.AsString(),
    };

    private static bool SameItems(JmesPathValue[] left, JmesPathValue[] right, Budget budget, int depth)
    {
        Depth.Check(depth);
        budget.Spend(left.Length);
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!AreEqual(left[i], right[i], budget, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameProperties(JmesPathValue left, JmesPathValue right, Budget budget, int depth)
    {
        Depth.Check(depth);
        var a = left.PropertyTable();
        var b = right.PropertyTable();
        budget.Spend(a.Count);
        return a.Count == b.Count
            && a.All(property => b.TryGetValue(property.Key, out var other) && AreEqual(property.Value, other, budget, depth));
    }
}
