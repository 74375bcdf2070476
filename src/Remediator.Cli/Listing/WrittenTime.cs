using System.Globalization;
using System.Text.RegularExpressions;

namespace Remediator.Cli.Listing;

/// <summary>A time as people write it: how long ago (90m, 6h, 7d, 2w), a day, or a day and a time of it.</summary>
internal static partial class WrittenTime
{
    public const string Forms = "90m, 6h, 7d or 2w for how long ago, 2026-11-27, or 2026-11-27T08:00:00Z";

    public const string FormsAhead = "90m, 6h, 7d or 2w from now, 2027-06-30, or 2027-06-30T08:00:00Z";

    private static readonly string[] Written =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>A time that is to come: how long from now, or a day, or a day and a time of it. Null where it is none.</summary>
    public static DateTimeOffset? Ahead(string text, DateTimeOffset now) =>
        Ago().IsMatch(text) && Read(text, now) is { } before ? now + (now - before) : Read(text, now);

    /// <summary>Null where it is none. Without a zone it is UTC, as everything that the command line prints.</summary>
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (Ago().Match(text) is { Success: true } ago)
        {
            return now - int.Parse(ago.Groups[1].Value, CultureInfo.InvariantCulture) * Unit(ago.Groups[2].Value);
        }

        return DateTimeOffset.TryParseExact(
            text,
            Written,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;
    }

    private static TimeSpan Unit(string letter) => letter switch
    {
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "w" => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };

    [GeneratedRegex("^([0-9]{1,4})([mhdw])$")]
    private static partial Regex Ago();
}
