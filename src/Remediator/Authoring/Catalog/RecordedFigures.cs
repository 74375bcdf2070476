using System.Globalization;
using System.Text.Json;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>How much can be rolled back to what AWS Config recorded.</summary>
internal sealed record RecordedFigures(int Settings, int Playbooks, int Types)
{
    public static RecordedFigures Of(IReadOnlyCollection<Playbook> playbooks)
    {
        Playbook[] recorded = [.. playbooks.Where(p => p.Steps.Any(s => s.Recorded is not null))];
        return new(
            recorded.Sum(p => p.Steps.Count(s => s.Recorded is not null)),
            recorded.Length,
            recorded.SelectMany(p => p.Resources).Distinct(StringComparer.Ordinal).Count());
    }

    public string Line() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Settings} settings of {Playbooks} playbooks can be rolled back, on {Types} types of resource.");

    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartObject("rollback");
        w.WriteNumber("settings", Settings);
        w.WriteNumber("playbooks", Playbooks);
        w.WriteNumber("types", Types);
        w.WriteEndObject();
    }
}
