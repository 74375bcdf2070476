using System.Globalization;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>Why another team is called.</summary>
internal static class SecondStepText
{
    private const int LongestName = 200;

    /// <param name="first">The team that was called first.</param>
    /// <param name="step">Who is called now, and after what time.</param>
    /// <param name="command">What takes it on.</param>
    public static string Of(string first, SecondStep step, string command)
    {
        var name = PlainText.Line(first, LongestName);
        var nobody = name.Length > 0 ? $"nobody of {name}" : "nobody";
        var hours = step.After.TotalHours.ToString("0.##", CultureInfo.InvariantCulture);
        return $"{nobody} took it on in {hours} hours: {PlainText.Line(step.Owner, LongestName)} is called; {command} takes it on";
    }
}
