using System.Globalization;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>
/// Differences between timestamps in outputs and events. No function reads a clock: the same scope always gives the same plan.
/// </summary>
internal static class TimeFunctions
{
    /// <summary>Days from one timestamp to another, with fractions; null if one is missing.</summary>
    public static JmesPathValue DaysBetween(JmesPathCall call) => call[0].IsNull || call[1].IsNull
        ? JmesPathValue.Null
        : JmesPathValue.From((decimal)(Moment(call, 1) - Moment(call, 0)).TotalDays);

    private static DateTimeOffset Moment(JmesPathCall call, int argument) =>
        DateTimeOffset.TryParse(call[argument].AsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw call.Invalid(argument, "a text that must be a moment is none");
}
