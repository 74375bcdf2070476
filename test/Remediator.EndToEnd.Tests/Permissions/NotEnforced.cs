using System.Collections.Immutable;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// What the emulator's IAM cannot prove: lines <c>case action: reason</c> in not-enforced.txt; <c>*</c> for all actions of a case.
/// </summary>
internal sealed record NotEnforced(string Case, string Action, string Why)
{
    public static ImmutableArray<NotEnforced> Lines { get; } =
        [.. NotedLine.Of("not-enforced.txt").Select(l => new NotEnforced(l.About, l.Action, l.Why))];

    public bool Covers(string problem) =>
        problem.StartsWith($"{Case}: ", StringComparison.Ordinal)
        && (
            Action is "*"
            || problem.Contains($"without {Action}:", StringComparison.Ordinal)
            || problem.Contains($"without {Action} ", StringComparison.Ordinal)
            || problem.Contains($": {Action} is limited", StringComparison.Ordinal));
}
