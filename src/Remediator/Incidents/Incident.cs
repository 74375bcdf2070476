using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>One (account, region, rule, resource) out of compliance, from the first event to its end.</summary>
/// <remarks>Only <see cref="Transitions"/> moves it from state to state.</remarks>
internal sealed record Incident : Stored
{
    /// <summary>The shape in which it is stored; raised where an earlier version could not read what is written.</summary>
    public const int CurrentShape = 3;

    [JsonPropertyName("v")]
    [JsonPropertyOrder(-1)]
    public int Shape { get; init; } = CurrentShape;

    public required string Id { get; init; }

    public required IncidentState State { get; init; }

    public required Origin Origin { get; init; }

    public Terms Terms { get; init => field = value ?? new(); } = new();

    /// <summary>Null until a change was planned.</summary>
    public PlannedChange? Change { get; init; }

    public Telling Telling { get; init => field = value ?? new(); } = new();

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the sweep looks again; null once it is closed.</summary>
    public DateTimeOffset? Due { get; init; }

    public int Attempts { get; init; }

    /// <summary>How often a fix of this setting was reverted, counted over the incidents before this one.</summary>
    public int Reverts { get; init; }

    /// <summary>Since when the setting reads as it should; null while it does not.</summary>
    public DateTimeOffset? FixedAt { get; init; }

    public Reason? Reason { get; init; }

    public string? Detail { get; init; }

    /// <summary>A person said to go on: a resource that is new is not waited for any longer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUrged { get; init; }

    /// <summary>Who agreed to the plan that is shown, until it begins or people are asked anew.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>In whose name a change is made: of whoever agreed to the plan, or asked for the undo; null for nobody's.</summary>
    [JsonIgnore]
    public string? AgreedBy => ApprovedBy ?? Change?.AgreedBy ?? Origin.Asked?.By;

    public ImmutableArray<Entry> Entries { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What it went through; null until a version that keeps it writes the first line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Course? Course { get; init; }

    /// <summary>Counts the saves; a save of an older version is refused.</summary>
    public int Version { get; init; }

    public ResourceKey Resource => Origin.Resource;

    public RuleRef Rule => Origin.Rule;

    public string Region => Origin.Region;

    /// <summary>The name of the playbook that answers; empty where none was found yet.</summary>
    public string Playbook => Terms.Playbook;

    public Plan? Plan => Change?.Plan;

    /// <summary>What whoever is asked agrees to: of a change that was made in part, what is left.</summary>
    [JsonIgnore]
    public Plan? Asked => Change is { AsksAt: { } from, Plan: var plan } ? plan with { Steps = [.. plan.Steps.Skip(from)] } : Plan;

    /// <summary>What people were shown beside the plan, or in place of one; null where nothing was.</summary>
    [JsonIgnore]
    public Evidence? Shown => Telling.Help?.Evidence ?? Change?.Evidence;

    /// <summary>What was changed by us is in place.</summary>
    public bool IsChanged => Change is { IsInPlace: true };

    /// <summary>The alarms that are watched after its change; null where none are, any more or yet.</summary>
    public AlarmWatch? Watched =>
        State is IncidentState.Fixed && Change is { IsInPlace: true, Watch: { Until: not null } watch } ? watch : null;

    /// <summary>
    /// Why this version leaves the incident alone: something that decides what is done is known only to a later version. Null where this
    /// version may act on it.
    /// </summary>
    public string? NotUnderstood => this switch
    {
        _ when !State.IsKnown() => Later("state", State.StoredName()),
        { Terms.Mode: { } mode } when !mode.IsKnown() => Later("mode", mode.StoredName()),
        _ when !Telling.Notice.IsKnown() => Later("notice", Telling.Notice.StoredName()),
        { Change.Runbook: { IsKnown: false } begun } => Later("call", begun.Operation ?? ""),
        _ => null,
    };

    /// <summary>What one incident at a time is open for.</summary>
    public string Key => KeyOf(Resource, Rule);

    public static string KeyOf(ResourceKey resource, RuleRef rule) =>
        $"{resource.Account}|{resource.Region}|{(resource.Region is ResourceKey.Global ? GlobalResources.RuleName(rule.Name) : rule.Arn)}"
        + $"|{resource.Type}|{resource.Id}";

    private string Later(string what, string name) => $"Incident {Id} is left alone: only a later version knows its {what} {name}.";

    /// <summary>
    /// The incident with a line more in its history. Of lines that repeat themselves the first and the last are kept, and of too many lines
    /// the first few and the last: an incident may stay open for months, and those are what people look for.
    /// </summary>
    public Incident Noted(EntryKind kind, string what, DateTimeOffset at)
    {
        // Errors of AWS are in there. All lines together have the room that is left beside what an incident has to hold.
        const int longest = 700, mostText = 8000, most = 100, first = 5;
        what = what.Cut(longest);
        var entries = Entries;
        if (entries is [.., var one, var two] && one.What == what && two.What == what)
        {
            entries = entries.RemoveAt(entries.Length - 1);
        }

        var course = (Course ?? Course.Of(Entries)).After(new(at, kind, what));
        entries = entries.Add(new(at, kind, what));
        while (entries.Length > most || (entries.Length > first + 1 && entries.Sum(e => e.What.Length) > mostText))
        {
            entries = entries.RemoveAt(first);
        }

        return this with { Entries = entries, Course = course };
    }
}
