namespace Remediator.Tests;

/// <summary>The number of cases for a property: as many as it asks for, and a tenth of them under <c>make quick</c>.</summary>
internal static class Samples
{
    private const int Fewer = 10;

    private static readonly bool AreFew = Environment.GetEnvironmentVariable("REMEDIATOR_SAMPLES") is "few";

    public static int Of(int all) => AreFew ? Math.Max(1, all / Fewer) : all;

    public static IEnumerable<T> Of<T>(IEnumerable<T> all) => AreFew ? all.Where((_, i) => i % Fewer == 0) : all;
}
