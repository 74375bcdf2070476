using System.Globalization;
using System.Text.RegularExpressions;

namespace Remediator.Escalate;

/// <summary>
/// The times in what people read, by the clock of the policy's zone: <c>2026-10-02 09:03:46 +02:00</c>. Commands, links and what machines
/// read keep to UTC.
/// </summary>
internal static partial class LocalTimes
{
    public static NoticeFacts In(NoticeFacts facts, TimeZoneInfo zone) => facts with
    {
        Wrong = Text(facts.Wrong, zone),
        Todo = Text(facts.Todo, zone),
        Why = Text(facts.Why, zone),
        GoesOn = Text(facts.GoesOn, zone),
        Changed = Text(facts.Changed, zone),
        Earlier = Text(facts.Earlier, zone),
        Lines = [.. facts.Lines.Select(line => Text(line, zone))],
        Evidence = [.. facts.Evidence.Select(line => Text(line, zone))],
        Details = [.. facts.Details.Select(d => (d.Name, Text(d.Value, zone)))],
    };

    public static string Text(string text, TimeZoneInfo zone) => Utc().Replace(text, found =>
        DateTimeOffset.TryParseExact(found.ValueSpan, "u", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
            : found.Value);

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z\b")]
    private static partial Regex Utc();
}
