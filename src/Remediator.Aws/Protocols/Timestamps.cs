using System.Globalization;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>
/// Timestamps on the wire. Services use any of the formats, even against their model, so reading accepts all of them;
/// writing follows the model. In the API's JSON a timestamp is an ISO 8601 text in UTC.
/// </summary>
internal static class Timestamps
{
    private const string IsoSeconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;
    private static readonly decimal LeastSeconds = (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TicksPerSecond;
    private static readonly decimal MostSeconds = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TicksPerSecond;

    public static bool TryRead(JsonElement value, out DateTime moment)
    {
        moment = default;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var seconds) && TryFromEpoch(seconds, out moment),
            JsonValueKind.String => TryRead(value.GetString() ?? "", out moment),
            _ => false,
        };
    }

    public static bool TryRead(string text, out DateTime moment)
    {
        var number = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        return number
            ? TryFromEpoch(seconds, out moment)
            : DateTime.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }

    public static bool TryFromEpoch(decimal seconds, out DateTime moment)
    {
        moment = default;
        if (seconds < LeastSeconds || seconds > MostSeconds)
        {
            return false;
        }

        moment = DateTime.UnixEpoch.AddTicks((long)(seconds * TicksPerSecond));
        return true;
    }

    public static string Write(DateTime moment, TimestampForm form) => form switch
    {
        TimestampForm.EpochSeconds => Epoch(moment).ToString(CultureInfo.InvariantCulture),
        TimestampForm.HttpDate => moment.ToString("r", CultureInfo.InvariantCulture),
        _ => Iso(moment),
    };

    public static decimal Epoch(DateTime moment)
    {
        var ticks = (moment - DateTime.UnixEpoch).Ticks;
        return ticks % TimeSpan.TicksPerSecond == 0 ? ticks / TimeSpan.TicksPerSecond : ticks / TicksPerSecond;
    }

    public static string Iso(DateTime moment)
    {
        var form = moment.Ticks % TimeSpan.TicksPerSecond == 0 ? IsoSeconds + "'Z'" : IsoSeconds + ".FFFFFFF'Z'";
        return moment.ToString(form, CultureInfo.InvariantCulture);
    }
}
