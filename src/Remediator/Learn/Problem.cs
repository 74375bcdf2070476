using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>What incidents have in common.</summary>
internal enum ProblemKind
{
    /// <summary>AWS refuses the same permission.</summary>
    Permission,

    /// <summary>The rule is new.</summary>
    Rollout,

    /// <summary>One stack owns the resources.</summary>
    Stack,

    /// <summary>One principal changed them.</summary>
    Principal,
}

/// <summary>Incidents of one cause.</summary>
/// <param name="Name">The permission, rule, stack or principal.</param>
/// <param name="Incidents">The oldest first.</param>
internal sealed record Problem(ProblemKind Kind, string Name, ImmutableArray<Digest> Incidents)
{
    /// <summary>By its cause alone: it stays the same while incidents come and go, and however far back one looks.</summary>
    public string Id => new ProblemCause(Kind, Name).Id;

    public DateTimeOffset First => Incidents[0].OpenedAt;

    public DateTimeOffset Last => Incidents[^1].OpenedAt;

    public int Open => Incidents.Count(d => d.IsOpen);

    public string Words => Kind switch
    {
        ProblemKind.Permission => $"AWS refuses {Name}",
        ProblemKind.Rollout => $"rule {Name} is new",
        ProblemKind.Stack => $"stack {Name} owns all of them",
        _ => $"{Name} changed all of them",
    };

    /// <summary>One command for each thing that can be done, about all that it can be done with.</summary>
    public ImmutableArray<string> Commands
    {
        get
        {
            var asked = Incidents.Where(d => d.State is IncidentState.AwaitingApproval).ToList();
            var stopped = Incidents.Where(d => d.State is IncidentState.Escalated).ToLookup(MayRetry);
            string[] commands =
            [
                .. asked is [] ? (string[])[] : [$"remediator approve --problem {Id}"],
                Of("retry", stopped[true]), Of("acknowledge", stopped[false]),
            ];
            return [.. commands.Where(c => c.Length > 0)];
        }
    }

    private static bool MayRetry(Digest d) => d.Reason is { } reason && ReasonMeaning.Of(reason).MayRetry;

    private static string Of(string verb, IEnumerable<Digest> digests) =>
        string.Join(' ', digests.Select(d => d.Id)) is { Length: > 0 } ids ? $"remediator {verb} {ids}" : "";
}
