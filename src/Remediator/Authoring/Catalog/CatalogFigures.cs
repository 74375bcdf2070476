using System.Globalization;
using System.Text.Json;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>How much of AWS Config is answered, and how much it takes to say it.</summary>
/// <param name="Answered">Rules that a playbook answers.</param>
/// <param name="MedianLines">Of the playbooks' YAML, without comments and empty lines.</param>
/// <param name="WithProcedure">Playbooks that need a procedure in C#.</param>
/// <param name="WithRunbook">Playbooks that start an SSM Automation runbook.</param>
/// <param name="Recorded">What can be rolled back.</param>
internal sealed record CatalogFigures(
    CatalogReport Report, int Answered, int Playbooks, int MedianLines, int WithProcedure, int WithRunbook, RecordedFigures Recorded)
{
    public static CatalogFigures Of(CatalogReport report, IReadOnlyCollection<Playbook> playbooks) => new(
        report,
        report.Lines.Count(l => l.Answer is not Answer.Escalated),
        playbooks.Count,
        Median([.. playbooks.Select(Lines)]),
        playbooks.Count(p => p.Steps.Any(s => s.Procedure is not null)),
        playbooks.Count(p => p.Steps.Any(s => s.Write.Any(c => c.IsRunbook))),
        RecordedFigures.Of(playbooks));

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines() =>
    [
        $"{Report.Lines.Length} managed rules: {string.Join(", ", Report.Counts.Select(c => $"{c.Rules} {c.Words}"))}.",
        string.Create(
            CultureInfo.InvariantCulture, $"{Answered} rules are answered by {Playbooks} playbooks, of {MedianLines} lines in the median."),
        string.Create(CultureInfo.InvariantCulture, $"{Share:P1} of the playbooks are data only; with a procedure in C#: {WithProcedure}; with a runbook: {WithRunbook}."),
        Recorded.Line(),
    ];

    /// <summary>For machines.</summary>
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

    private double Share => Playbooks == 0 ? 1 : 1 - ((double)WithProcedure / Playbooks);

    private static int Lines(Playbook playbook) =>
        playbook.Source.Split('\n').Count(line => line.AsSpan().Trim() is { IsEmpty: false } text && text[0] is not '#');

    private static int Median(int[] values) => values.Length == 0 ? 0 : values.Order().ElementAt(values.Length / 2);
}
