using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>How many of AWS Config's rules are answered, and the size of the playbooks.</summary>
/// <param name="Answered">Rules that a playbook answers.</param>
/// <param name="MedianLines">The median length of the playbooks' YAML, without comments and empty lines.</param>
/// <param name="WithProcedure">Playbooks that need a procedure in C#.</param>
/// <param name="WithRunbook">Playbooks that start an SSM Automation runbook.</param>
/// <param name="Recorded">What can be rolled back.</param>
internal sealed record CatalogFigures(
    CatalogReport Report, int Answered, int Playbooks, int MedianLines, int WithProcedure, int WithRunbook, RecordedFigures Recorded)
{
    public static CatalogFigures Of(CatalogReport report, IReadOnlyCollection<Playbook> playbooks) => new(
        report,
        report.Lines.Count(CatalogReport.IsAnswered),
        playbooks.Count,
        Median([.. playbooks.Select(Lines)]),
        playbooks.Count(p => p.Steps.Any(s => s.Procedure is not null)),
        playbooks.Count(p => p.Steps.Any(s => s.Write.Any(c => c.IsRunbook))),
        RecordedFigures.Of(playbooks));

    /// <summary>The figures as text.</summary>
    public IEnumerable<string> Lines() =>
        [
            $"{Report.Lines.Length} managed rules as of {ManagedRule.ListedOn:yyyy-MM-dd}: {Joined(c => $"{c.Rules} {c.Words}")}.",
            $"By use in {Report.TotalWeight} places of AWS's conformance packs: {Joined(c => Percent(c.Weight, c.Words))}.",
            .. Report.Sets.Select(s => Of(s.Set, s.Lines)),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Answered} rules are answered by {Playbooks} playbooks, of {MedianLines} lines in the median."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Share:P1} of the playbooks are data only; with a procedure in C#: {WithProcedure}; with a runbook: {WithRunbook}."),
            Recorded.Line(),
        ];

    /// <summary>The figures as JSON.</summary>
    public void Write(Utf8JsonWriter w)
    {
        Report.WriteCounts(w);
        w.WriteNumber("answered", Answered);
        w.WriteNumber("playbooks", Playbooks);
        w.WriteNumber("medianLines", MedianLines);
        w.WriteNumber("withProcedure", WithProcedure);
        w.WriteNumber("withRunbook", WithRunbook);
        Recorded.Write(w);
    }

    private string Joined(Func<(string Words, int Rules, int Weight), string> words) => string.Join(", ", Report.Counts.Select(words));

    private string Percent(int weight, string words) => string.Create(CultureInfo.InvariantCulture, $"{Report.Share(weight):P1} {words}");

    private static string Of(RuleSet set, ImmutableArray<CatalogLine> lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"{set.Title}: {lines.Count(CatalogReport.IsAnswered)} of {lines.Length} rules are answered by a playbook.");

    private double Share => Playbooks == 0 ? 1 : 1 - ((double)WithProcedure / Playbooks);

    private static int Lines(Playbook playbook) =>
        playbook.Source.Split('\n').Count(line => line.AsSpan().Trim() is { IsEmpty: false } text && text[0] is not '#');

    private static int Median(int[] values) => values.Length == 0 ? 0 : values.Order().ElementAt(values.Length / 2);
}
