using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>What the cases of a playbook prove about its permissions.</summary>
/// <param name="Removed">The number of actions that were removed with the right result.</param>
/// <param name="RemovedOfRollbacks">The number of those that were removed from what a rollback has.</param>
/// <param name="HeldLimits">Actions whose resource pattern matches an ARN of a case.</param>
/// <param name="NotNeeded">Derived actions that no case needs: those of branches that no case takes.</param>
internal sealed record PlaybookProof(
    string Playbook,
    bool Holds,
    int Removed,
    int RemovedOfRollbacks,
    IReadOnlySet<string> HeldLimits,
    IReadOnlyList<string> NotNeeded,
    IReadOnlyList<string> Problems)
{
    public static async Task<PlaybookProof> OfAsync(Playbook playbook, IEnumerable<PlaybookCase> cases, Emulated emulated)
    {
        var (provable, needed, held) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var (fixing, rollingBack, problems) = (new HashSet<string>(), new HashSet<string>(), new List<string>());
        var holds = true;
        foreach (var @case in cases)
        {
            var (policy, removed) = @case.History is null
                ? (EmulatorPolicy.OfFix(playbook), fixing)
                : (EmulatorPolicy.OfRollback(playbook), rollingBack);
            var proof = new CaseProof(@case, policy, emulated);
            await proof.RunAsync(action => !removed.Contains(action));
            holds &= proof.Needed.Count > 0;
            provable.UnionWith(policy.Provable);
            needed.UnionWith(proof.Needed);
            removed.UnionWith(proof.Removed);
            held.UnionWith(proof.HeldLimits);
            problems.AddRange(proof.Problems);
        }

        return new(
            playbook.Name,
            holds,
            fixing.Count + rollingBack.Count,
            rollingBack.Count,
            held,
            [.. provable.Except(needed).Order(StringComparer.Ordinal)],
            problems);
    }
}
