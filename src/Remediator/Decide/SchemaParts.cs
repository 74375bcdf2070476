using System.Globalization;

namespace Remediator.Decide;

/// <summary>What the policy's schema is put together from.</summary>
internal static class SchemaParts
{
    public static Shape.List Several(Shape item) => new(item, MayBeOne: true);

    public static Shape.Number Count(int least) => new(least, 1_000_000);

    public static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Written(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 ? $"{Written((int)time.TotalDays)}d" : $"{Written((int)time.TotalHours)}h";
}
