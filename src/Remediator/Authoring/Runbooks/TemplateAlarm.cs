using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Remediator.Authoring.Runbooks;

/// <summary>An alarm of the template.</summary>
/// <param name="Name">Its name in the template.</param>
/// <param name="Facts">Its metric and when it goes off, in the template's own words.</param>
internal sealed partial record TemplateAlarm(string Name, ImmutableArray<(string Word, string Value)> Facts)
{
    private static readonly string[] Words =
    [
        "Namespace", "MetricName", "Expression", "Statistic", "Stat", "Period", "EvaluationPeriods", "DatapointsToAlarm",
        "ComparisonOperator", "Threshold", "TreatMissingData",
    ];

    public static ImmutableArray<TemplateAlarm> Of(string template) =>
        [.. Alarms().Matches(template).Select(m => new TemplateAlarm(m.Groups[1].Value, FactsOf(m.Groups[2].Value)))];

    private static ImmutableArray<(string Word, string Value)> FactsOf(string text) =>
    [
        .. Words.Select(word => (
                Word: word,
                Value: string.Join("; ", ValuesOf(text, word))))
            .Where(f => f.Value.Length > 0),
    ];

    private static IEnumerable<string> ValuesOf(string text, string word) =>
        Members().Matches(text).Where(m => m.Groups[1].Value == word).Select(m => m.Groups[2].Value).Distinct();

    [GeneratedRegex(@"^  (\w+Alarm):\n    Type: AWS::CloudWatch::Alarm\n((?:    .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Alarms();

    /// <summary>The value in block style, up to the end of the line; in flow style, up to the comma.</summary>
    [GeneratedRegex(@"(?:^ +(?:- )?|[{,] )(\w+): ((?<=[{,] \w+: )[^,}\n]+|[^{[\n]+)", RegexOptions.Multiline)]
    private static partial Regex Members();
}
