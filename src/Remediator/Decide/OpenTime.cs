using System.Text.RegularExpressions;
using Cronos;

namespace Remediator.Decide;

/// <summary>
/// A time that comes every week, or every day, by the clock of a zone: <c>Sun 02:00 - Sun 05:00 Europe/Berlin</c>. Where a clock leaves out
/// the hour in which it begins or ends, it does so when the clock goes on; where an hour comes twice, the first one counts.
/// </summary>
internal sealed partial class OpenTime
{
    public const string Pattern =
        "^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01][0-9]|2[0-3]):[0-5][0-9] - (Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
        + "([01][0-9]|2[0-3]):[0-5][0-9]|([01][0-9]|2[0-3]):[0-5][0-9] - ([01][0-9]|2[0-3]):[0-5][0-9]) [A-Za-z][A-Za-z0-9_+/-]*$";

    private readonly string _text;
    private readonly CronExpression _start;
    private readonly CronExpression _end;
    private readonly TimeZoneInfo _zone;

    private OpenTime(string text, (CronExpression Start, CronExpression End) times, TimeZoneInfo zone) =>
        (_text, _start, _end, _zone) = (text, times.Start, times.End, zone);

    public static bool IsRight(string text) => Form().IsMatch(text);

    /// <summary>The zone that a text of the right form names.</summary>
    public static string ZoneOf(string text) => text[(text.LastIndexOf(' ') + 1)..];

    /// <summary>The time; null where this machine does not know the zone, or it would have no length.</summary>
    public static OpenTime? Parse(string text) =>
        text[..text.LastIndexOf(' ')].Split(" - ") is [var start, var end] && start != end
        && TimeZoneInfo.TryFindSystemTimeZoneById(ZoneOf(text), out var zone)
            ? new(text, (Expression(start), Expression(end)), zone)
            : null;

    public bool Contains(DateTimeOffset now) => Ends(now) < Begins(now);

    /// <summary>When it begins for the next time.</summary>
    public DateTimeOffset Begins(DateTimeOffset now) => Next(_start, now);

    /// <summary>When it ends for the next time.</summary>
    public DateTimeOffset Ends(DateTimeOffset now) => Next(_end, now);

    public override string ToString() => _text;

    // Of a fixed hour and minute there is a next time in every week.
    private DateTimeOffset Next(CronExpression expression, DateTimeOffset now) =>
        expression.GetNextOccurrence(now.ToUniversalTime(), _zone)?.ToUniversalTime() ?? DateTimeOffset.MaxValue;

    private static CronExpression Expression(string time) => time.Split(' ', ':') switch
    {
        [var hour, var minute] => CronExpression.Parse($"{minute} {hour} * * *"),
        var parts => CronExpression.Parse($"{parts[2]} {parts[1]} * * {parts[0]}"),
    };

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}
