using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Cli.Learn;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Forecast;

/// <summary>What a policy would do about everything that is open, added up.</summary>
/// <param name="Policy">Which policy.</param>
/// <param name="InForce">Which one it is compared with.</param>
/// <param name="Prospects">Every open incident.</param>
/// <param name="Stopped">Why all changes are stopped now; null while they are not.</param>
internal sealed record Outlook(string Policy, string InForce, ImmutableArray<Prospect> Prospects, string? Stopped)
{
    public const string NotKnown =
        "Not counted: changes of this hour that were made already, and breakers that are open. To read those, something would have "
        + "to be written.";

    private static readonly (string Name, Func<Prospect, string> Of)[] Groupings =
    [
        ("rule", p => p.Incident.Rule.Name),
        ("team", p => p.Then.Team.Length > 0 ? p.Then.Team : "(none)"),
        ("account", p => IncidentWords.Account(p.Incident)),
    ];

    /// <summary>Modes that experience with the rules speaks for.</summary>
    public ImmutableArray<Suggestion> Suggestions { get; init; } = [];

    public int Count(Expected kind) => Prospects.Count(p => p.Then.Kind == kind);

    /// <summary>The last hour in which the budgets let something be changed; 0 where nothing is.</summary>
    public int Hours => Prospects.Max(p => p.Then.Hour) ?? 0;

    /// <summary>Incidents whose end would be another one than now.</summary>
    public IEnumerable<Prospect> Moved => Prospects.Where(p => p.Then.Kind != p.Now.Kind);

    public ImmutableArray<(string Name, ImmutableArray<OutlookRow> Rows)> Tables =>
        [.. Groupings.Select(g => (g.Name, Rows: OutlookRow.Of(Prospects, g.Of)))];

    /// <summary>Equal plans of one end, the largest groups first.</summary>
    public IEnumerable<(Expected Kind, string Why, PlanForm Form)> Forms(Expected kind) =>
        from why in Prospects.Where(p => p.Then.Kind == kind).GroupBy(p => p.Then.Why, StringComparer.Ordinal)
        from form in PlanForm.Of(why.Select(AsPlanned))
        orderby form.Incidents.Length descending
        select (kind, why.Key, form);

    public string Summary
    {
        get
        {
            var parts = Enum.GetValues<Expected>().Where(k => Count(k) > 0).Select(k => $"{Count(k)} {k.Name()}");
            return $"{Totals.Count(Prospects.Length, "open incident")}: {string.Join(", ", parts)}.";
        }
    }

    public string Pace => Count(Expected.Change) is 0 ? "Nothing would be changed."
        : Prospects.Any(p => p.Then is { Kind: Expected.Change, Hour: null }) ? "The budgets let nothing, or not everything, be changed."
        : Hours == 1 ? "The budgets let all of it be changed within an hour."
        : $"The budgets let {Prospects.Count(p => p.Then.Hour == 1)} be changed in the first hour, and the last in hour {Hours}.";

    public void Write(Utf8JsonWriter w)
    {
        w.WriteString("policy", Policy);
        w.WriteString("inForce", InForce);
        w.WriteString("stopped", Stopped);
        w.WriteNumber("incidents", Prospects.Length);
        w.WriteNumber("hours", Hours);
        Counts(w, "then", p => p.Then.Kind);
        Counts(w, "now", p => p.Now.Kind);
        foreach (var (name, rows) in Tables)
        {
            w.List($"by{char.ToUpperInvariant(name[0])}{name[1..]}", rows, row =>
            {
                w.WriteString(name, row.Name);
                row.Write(w);
            });
        }

        w.List("suggestions", Suggestions, s =>
        {
            w.WriteString("rule", s.Rule);
            w.WriteString("mode", s.Mode?.Name());
            w.WriteString("why", s.Why);
        });
        w.List("prospects", Prospects, p =>
        {
            w.WriteString("incident", p.Incident.Id);
            w.WriteString("rule", p.Incident.Rule.Name);
            w.WriteString("team", p.Then.Team);
            w.WriteString("account", p.Incident.Resource.Account);
            w.WriteString("resourceType", p.Incident.Resource.Type);
            w.WriteString("resourceId", p.Incident.Resource.Id);
            w.WriteString("then", p.Then.Kind.Name());
            w.WriteString("why", p.Then.Why);
            w.WriteString("now", p.Now.Kind.Name());
            w.WriteString("playbook", p.Then.Playbook);
            w.WriteString("plan", p.Then.Plan?.Identity);
            w.Texts("differences", p.Then.Plan is { } plan ? DifferenceLines.Of(plan, withValues: false).Select(l => l.ToString()) : []);
            w.Texts("calls", p.Then.Plan?.Calls.Select(c => c.Operation) ?? []);
        });
    }

    /// <summary>The incident as it would be planned.</summary>
    private static Incident AsPlanned(Prospect p) => p.Incident with
    {
        Terms = p.Incident.Terms with { Playbook = p.Then.Playbook },
        Change = p.Then.Plan is { } plan
            ? new() { Plan = plan, Inputs = Json.EmptyObject, Playbook = p.Then.Playbook, PlaybookHash = "" }
            : null,
    };

    private void Counts(Utf8JsonWriter w, string name, Func<Prospect, Expected> of)
    {
        w.WriteStartObject(name);
        foreach (var kind in Enum.GetValues<Expected>())
        {
            w.WriteNumber(kind.Name(), Prospects.Count(p => of(p) == kind));
        }

        w.WriteEndObject();
    }
}

/// <summary>A line of a table: for each end, how many would have it, and how many have it now.</summary>
internal sealed record OutlookRow(string Name, ImmutableArray<(Expected Kind, int Then, int Now)> Counts)
{
    public static ImmutableArray<OutlookRow> Of(ImmutableArray<Prospect> prospects, Func<Prospect, string> of) =>
        [
            .. from p in prospects
            group p by of(p) into g
            let row = new OutlookRow(
                g.Key, [.. Enum.GetValues<Expected>().Select(k => (k, g.Count(p => p.Then.Kind == k), g.Count(p => p.Now.Kind == k)))])
            orderby row.Counts[0].Then descending, g.Count() descending, g.Key
            select row,
        ];

    public void Write(Utf8JsonWriter w)
    {
        foreach (var (kind, then, now) in Counts)
        {
            w.WriteStartObject(kind.Name());
            w.WriteNumber("then", then);
            w.WriteNumber("now", now);
            w.WriteEndObject();
        }
    }
}
