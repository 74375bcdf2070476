using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Learn;

/// <summary>What may be behind an incident and others, as far as one incident alone tells.</summary>
internal sealed record ProblemCause(ProblemKind Kind, string Name)
{
    public string Id => $"problem-{PlaybookLibrary.HashOf($"{Kind}|{Name}")[..10]}";

    /// <summary>While so much time lies between incidents, they may have the cause in common.</summary>
    public TimeSpan Within => Kind switch
    {
        ProblemKind.Permission => TimeSpan.FromDays(7),
        ProblemKind.Rollout => TimeSpan.FromDays(1),
        _ => Problems.Default.Within,
    };

    /// <summary>All that one incident alone tells, in the order in which problems are told apart.</summary>
    public static IEnumerable<ProblemCause> Of(Digest d)
    {
        if (d is { IsOpen: true, Refused: not null })
        {
            yield return new(ProblemKind.Permission, Permission(d));
        }

        if (d.IsFirst)
        {
            yield return new(ProblemKind.Rollout, d.Rule);
        }

        if (d.Stack is not null)
        {
            yield return new(ProblemKind.Stack, StackOf(d));
        }

        if (d.Principal is { } who)
        {
            yield return new(ProblemKind.Principal, Attributed.Role(who));
        }
    }

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
