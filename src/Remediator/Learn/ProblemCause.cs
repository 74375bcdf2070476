using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Learn;

/// <summary>What may be behind an incident and others, as far as one incident alone tells.</summary>
internal sealed record ProblemCause(ProblemKind Kind, string Name)
{
    public string Id => $"problem-{PlaybookLibrary.HashOf($"{Kind}|{Name}")[..10]}";

    /// <summary>The first that applies, in the order in which problems are told apart; null where nothing is known.</summary>
    public static ProblemCause? Of(Digest d) => d switch
    {
        { IsOpen: true, Refused: not null } => new(ProblemKind.Permission, Permission(d)),
        { Stack: not null } => new(ProblemKind.Stack, StackOf(d)),
        { Principal: { } who } => new(ProblemKind.Principal, Attributed.Role(who)),
        { IsFirst: true } => new(ProblemKind.Rollout, d.Rule),
        _ => null,
    };

    public static string Permission(Digest d) => $"{d.Refused} to {d.RefusedRole ?? $"the role in account {d.Resource.Account}"}";

    public static string StackOf(Digest d) => $"{d.Stack} ({d.Account}, {d.Resource.Region})";

    /// <summary>What the incidents have in common; whether the rule is new, one incident does not tell.</summary>
    public string Words => Kind switch
    {
        ProblemKind.Permission => $"AWS refuses {Name}",
        ProblemKind.Rollout => $"rule {Name} had no result before for any of them",
        ProblemKind.Stack => $"stack {Name} owns all of them",
        _ => $"{Name} changed all of them",
    };
}
