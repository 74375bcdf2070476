using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>What the cases of a playbook prove about its permissions.</summary>
/// <param name="Removed">The number of actions that were removed with the right result.</param>
/// <param name="HeldLimits">Actions whose resource pattern matches an ARN of a case.</param>
/// <param name="NotNeeded">Derived actions that no case needs: those of branches that no case takes.</param>
internal sealed record PlaybookProof(
    string Playbook,
    bool Holds,
    int Removed,
    IReadOnlySet<string> HeldLimits,
    IReadOnlyList<string> NotNeeded,
    IReadOnlyList<string> Problems)
{
    public static async Task<PlaybookProof> OfAsync(Playbook playbook, IEnumerable<PlaybookCase> cases, Emulated emulated)
    {
        var policy = new EmulatorPolicy(playbook);
        var (needed, removed, held, problems) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>(), new List<string>());
        var holds = true;
        foreach (var @case in cases)
        {
            var proof = new CaseProof(@case, policy, emulated);
            await proof.RunAsync(action => !removed.Contains(action));
            holds &= proof.Needed.Count > 0;
            needed.UnionWith(proof.Needed);
            removed.UnionWith(proof.Removed);
            held.UnionWith(proof.HeldLimits);
            problems.AddRange(proof.Problems);
        }

        return new(playbook.Name, holds, removed.Count, held, [.. policy.Derived.Except(needed)], problems);
    }
}
