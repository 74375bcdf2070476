using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Remediator.Incidents;

/// <summary>An incident in short: all that reports, problems and lessons look at, and no value of any setting.</summary>
internal sealed partial record Digest
{
    public required string Id { get; init; }

    /// <summary>Of the incident as it was saved with this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IncidentState State { get; init; }

    public required ResourceKey Resource { get; init; }

    public required string Rule { get; init; }

    public string RuleArn { get; init => field = value ?? ""; } = "";

    public string RuleIdentifier { get; init => field = value ?? ""; } = "";

    public string Playbook { get; init => field = value ?? ""; } = "";

    public string Team { get; init => field = value ?? ""; } = "";

    public string? AccountName { get; init; }

    public Severity Severity { get; init; }

    public Mode? Mode { get; init; }

    /// <summary>The rising rollout by which it is changed; null where none is.</summary>
    public string? Rollout { get; init; }

    public Reason? Reason { get; init; }

    /// <summary>Config had no result of the resource before: the rule, or the resource, is new.</summary>
    public bool IsFirst { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it read right last; null while it does not.</summary>
    public DateTimeOffset? FixedAt { get; init; }

    /// <summary>What was changed by us is in place.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The plan that is shown; null where there is none.</summary>
    public string? Plan { get; init; }

    public required Course Course { get; init; }

    public string? Principal { get; init; }

    public string? Stack { get; init; }

    /// <summary>The problem whose one notice speaks for it; null where it has its own.</summary>
    public string? Problem { get; init; }

    /// <summary>The permission that AWS refused, where that is why it stopped.</summary>
    public string? Refused { get; init; }

    /// <summary>The role that lacked it, by its name; null where AWS did not say.</summary>
    public string? RefusedRole { get; init; }

    public string Key => Incident.KeyOf(Resource, new(Rule, RuleArn));

    /// <summary>Whether it says something of a rising rollout: something was changed by it, or somebody was called.</summary>
    public bool IsRolledOut => Rollout is not null && (Course is { Fixes: > 0 } or { Undone: > 0 } || Course.Escalated is not null);

    public bool IsOpen => State is not IncidentState.Closed;

    public bool NeedsPerson => State is IncidentState.Escalated or IncidentState.AwaitingApproval;

    /// <summary>Over, or right as far as we can read: nothing is left to do.</summary>
    public bool IsSettled => State is IncidentState.Closed or IncidentState.Fixed;

    public string Account => AccountName is { Length: > 0 } name ? name : Resource.Account;

    /// <summary>What most likely caused it: its stack, or else who changed it; null where neither is known.</summary>
    public string? Cause => Stack is { } stack ? $"stack {stack}" : Principal is { } principal ? Attributed.Role(principal) : null;

    public static Digest Of(Incident i)
    {
        var course = i.Course ?? Course.Of(i.Entries);
        var refused = i.Reason is Incidents.Reason.NotPermitted ? i.Detail ?? "" : "";
        return new()
        {
            Id = i.Id,
            Version = i.Version,
            State = i.State,
            Resource = i.Resource,
            Rule = i.Rule.Name,
            RuleArn = i.Rule.Arn,
            RuleIdentifier = i.Terms.RuleIdentifier,
            Playbook = i.Playbook,
            Team = i.Terms.Owner,
            AccountName = i.Terms.AccountName,
            Severity = i.Terms.Severity,
            Mode = i.Terms.Mode,
            Rollout = i.Terms.Rollout,
            Reason = i.Reason,
            IsFirst = i.Origin.IsFirst,
            OpenedAt = i.OpenedAt,
            ChangedAt = i.ChangedAt,
            FixedAt = i.FixedAt,
            IsChanged = i.IsChanged,
            Plan = i.State is IncidentState.AwaitingApproval ? i.Asked?.Identity : null,
            Course = course,
            Principal = course.Principal ?? Attributed.PrincipalIn(i.Change?.Recorded?.ChangedBy) ?? Attributed.PrincipalIn(i.Detail),
            Stack = course.Stack ?? OwningStack(i.Change?.Owner) ?? Attributed.StackIn(i.Detail),
            Problem = i.Telling.Problem,
            Refused = Found(Action().Match(refused)) ?? Found(Operation().Match(refused)),
            RefusedRole = Found(AssumedRole().Match(refused)),
        };
    }

    private static string? OwningStack(ResourceOwner? owner) => owner is { Kind: ResourceOwner.Stack } stack ? stack.Name : null;

    private static string? Found(Match match) => match.Success ? match.Groups[1].Value : null;

    [GeneratedRegex(@"not authorized to perform: ([\w-]+:\w+)")]
    private static partial Regex Action();

    [GeneratedRegex(@"^([\w-]+:\w+) was refused")]
    private static partial Regex Operation();

    [GeneratedRegex(@":assumed-role/([^/\s]+)/")]
    private static partial Regex AssumedRole();
}

/// <summary>Incidents in short, as the journal gave them.</summary>
/// <param name="Items">Those that are the service's own.</param>
/// <param name="Unbelieved">How many somebody else wrote, or changed: they are left out.</param>
internal sealed record Digests(IReadOnlyList<Digest> Items, int Unbelieved)
{
    public static Digests None { get; } = new([], 0);
}

/// <summary>What came of making the aggregate anew.</summary>
/// <param name="Incidents">How many ended incidents the journal holds.</param>
/// <param name="Written">How many of them were missing from the aggregate, or stood there otherwise.</param>
/// <param name="Unreadable">Incidents that cannot be read: they are in no report.</param>
internal sealed record Rebuilt(int Incidents, int Written, IReadOnlyList<string> Unreadable);
