using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>
/// The policy for what a person asked for: no further word is needed, no quiet time is waited for, and no other aim is tried.
/// Exemptions, freezes, windows, budgets, guards and what an impact asks for still apply.
/// </summary>
internal static class AskedPolicy
{
    public static Policy Of(Policy policy, AskedRollback asked) => policy with
    {
        Defaults = RollsBack(policy.Defaults),
        Rules = [.. policy.Rules.Select(RollsBack)],
        Rollback = policy.Rollback with { Quiet = TimeSpan.Zero, IsOfEverything = asked.IsOfEverything },
    };

    private static PolicyEntry RollsBack(PolicyEntry entry) => entry with
    {
        Mode = Mode.Auto,
        Rollout = new(100),
        To = [Aim.LastCompliant],
        WarnBefore = TimeSpan.Zero,
        Settle = TimeSpan.Zero,
    };
}
