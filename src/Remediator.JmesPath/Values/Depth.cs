namespace Remediator.JmesPath.Values;

/// <summary>Limits of recursion, far below what the smallest usual stack allows.</summary>
internal static class Depth
{
    /// <summary>Levels of an expression, both during parsing and as the tree that is evaluated.</summary>
    public const int Expression = 256;

    /// <summary>Levels of a value that is compared, built or written.</summary>
    public const int Value = 512;

    /// <summary>Levels of input that is copied without recursion.</summary>
    public const int Json = 1_000_000;

    public static void Check(int depth)
    {
        if (depth > Value)
        {
            throw new JmesPathException(JmesPathError.InvalidValue, 0, $"a value is nested deeper than {Value} levels");
        }
    }
}
