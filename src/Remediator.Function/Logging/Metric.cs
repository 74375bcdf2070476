namespace Remediator.Function.Logging;

/// <summary>One value of one metric.</summary>
/// <param name="Unit">A unit as CloudWatch names it: Count, Milliseconds, Bytes, …</param>
internal readonly record struct Metric(string Name, double Value, string Unit)
{
    public static Metric Count(string name, long value = 1) => new(name, value, "Count");

    public static Metric Seconds(string name, double value) => new(name, value, "Seconds");

    public static Metric Milliseconds(string name, TimeSpan value) => new(name, value.TotalMilliseconds, "Milliseconds");
}
