using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;

namespace Remediator.Cli.Listing;

/// <summary>Totals of a list of incidents.</summary>
internal sealed class Totals(ImmutableArray<Incident> incidents)
{
    public string Words
    {
        get
        {
            var states = incidents
                .CountBy(i => i.State)
                .OrderByDescending(s => s.Value)
                .ThenBy(s => s.Key)
                .Select(s => $"{s.Value} {FilterOptions.StateName(s.Key)}");
            var waiting = incidents.Count(IncidentWords.NeedsPerson);
            return $"{Count(incidents.Length, "incident")}: {string.Join(", ", states)}. "
                + (
                    waiting == 0 ? "None waits for a person."
                    : waiting == 1 ? "1 waits for a person."
                    : $"{waiting} wait for a person.");
        }
    }

    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartObject("totals");
        w.WriteNumber("incidents", incidents.Length);
        w.WriteNumber("needPerson", incidents.Count(IncidentWords.NeedsPerson));
        Counts(w, "byState", incidents.CountBy(i => i.State.StoredName()));
        Counts(w, "bySeverity", incidents.CountBy(i => i.Terms.Severity.Name()));
        w.WriteEndObject();
    }

    public static string Count(int n, string what, string? many = null) => n == 1 ? $"1 {what}" : $"{n} {many ?? $"{what}s"}";

    private static void Counts(Utf8JsonWriter w, string name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        w.WriteStartObject(name);
        foreach (var (of, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            w.WriteNumber(of, count);
        }

        w.WriteEndObject();
    }
}
