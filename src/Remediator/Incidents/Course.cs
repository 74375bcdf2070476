using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Remediator.Incidents;

/// <summary>
/// What an incident went through, as reports count it. Its history is bounded and lets lines go; this is carried on line by line, and
/// forgets nothing.
/// </summary>
internal sealed partial record Course : Stored
{
    /// <summary>People hear of a change before it is made; nobody is asked.</summary>
    public const string Announces = "announced";

    public bool IsObserved { get; init; }

    /// <summary>A person was asked before the change.</summary>
    public bool IsAsked { get; init; }

    public bool IsApproved { get; init; }

    /// <summary>A person gave a command about it.</summary>
    public bool HasPerson { get; init; }

    /// <summary>Why a person was called first; null where nobody was.</summary>
    public Reason? Escalated { get; init; }

    /// <summary>How often it was changed and read back right.</summary>
    public int Fixes { get; init; }

    /// <summary>It read right without a change of ours.</summary>
    public bool IsAlreadyRight { get; init; }

    /// <summary>When it read right for the first time.</summary>
    public DateTimeOffset? RightAt { get; init; }

    /// <summary>A fix of ours is in place, as far as is known.</summary>
    public bool IsStanding { get; init; }

    /// <summary>How often a fix of this incident was found wrong again.</summary>
    public int Reverts { get; init; }

    /// <summary>It was opened because the fix of the incident before it did not last.</summary>
    public bool IsRevert { get; init; }

    /// <summary>How often a person had it put back.</summary>
    public int Undone { get; init; }

    /// <summary>In the person's words; null where none were given.</summary>
    public string? UndoneWhy { get; init; }

    /// <summary>Why a person holds it, or held it; null where nobody did.</summary>
    public string? HeldWhy { get; init; }

    /// <summary>Config says that it is right.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Who changes the resource, where CloudTrail said so.</summary>
    public string? Principal { get; init; }

    /// <summary>The stack that owns the resource, where that was read.</summary>
    public string? Stack { get; init; }

    /// <summary>No person was asked, called, or gave a command.</summary>
    [JsonIgnore]
    public bool IsAlone => !IsAsked && !HasPerson && Escalated is null && Undone == 0;

    /// <summary>The course of an incident that an earlier version stored, as far as its history tells.</summary>
    public static Course Of(IEnumerable<Entry> entries) => entries.Aggregate(new Course(), (course, entry) => course.After(entry));

    /// <summary>The course with one line more of the history.</summary>
    public Course After(Entry entry) => entry.Kind switch
    {
        EntryKind.Planned when entry.What.StartsWith("observed", StringComparison.Ordinal) => this with { IsObserved = true },
        EntryKind.Planned when entry.What is Announces => WrongAgain(),
        EntryKind.Planned => WrongAgain() with { IsAsked = true },
        EntryKind.Applying when Begins().IsMatch(entry.What) => WrongAgain(),
        EntryKind.Right when entry.What is "already right" => this with
        {
            IsAlreadyRight = IsAlreadyRight || Fixes == 0,
            RightAt = RightAt ?? entry.At,
        },
        EntryKind.Right => this with { Fixes = Fixes + 1, IsStanding = true, RightAt = RightAt ?? entry.At },
        EntryKind.Escalated => AfterEscalation(entry.What),
        EntryKind.Undo when entry.What.StartsWith("undone", StringComparison.Ordinal) => this with
        {
            Undone = Undone + 1,
            IsStanding = false,
        },
        EntryKind.Undo when entry.What.StartsWith("puts back", StringComparison.Ordinal) => this with { IsStanding = false },
        EntryKind.Person => AfterCommand(entry.What),
        EntryKind.Noted => this with
        {
            Principal = Attributed.PrincipalIn(entry.What) ?? Principal,
            Stack = Attributed.StackIn(entry.What) ?? Stack,
        },
        EntryKind.Closed => this with { IsConfirmed = entry.What == $"closed: {Compliance.Compliant}" },
        _ => this,
    };

    private Course WrongAgain() => IsStanding ? this with { IsStanding = false, Reverts = Reverts + 1 } : this;

    private Course AfterEscalation(string what)
    {
        var reason = Enum.GetValues<Reason>().Cast<Reason?>().FirstOrDefault(r => what == $"escalated: {r!.Value.Name()}");
        return (reason is Reason.Flapping ? WrongAgain() : this) with { Escalated = Escalated ?? reason };
    }

    private Course AfterCommand(string what)
    {
        if (Command().Match(what) is not { Success: true } said)
        {
            return this with { HasPerson = true };
        }

        var why = said.Groups["why"] is { Success: true, Value: var words } ? words : null;
        return said.Groups["verb"].Value switch
        {
            "approve" => this with { HasPerson = true, IsApproved = true },
            "undo" => this with { HasPerson = true, UndoneWhy = why ?? UndoneWhy },
            "hold" => this with { HasPerson = true, HeldWhy = why ?? HeldWhy },
            _ => this with { HasPerson = true },
        };
    }

    [GeneratedRegex("^applying [0-9]+ calls?$")]
    private static partial Regex Begins();

    [GeneratedRegex("^(?<verb>[a-z]+), (?:claimed by|verified as) [^:]+(?:: (?<why>.+))?$")]
    private static partial Regex Command();
}
