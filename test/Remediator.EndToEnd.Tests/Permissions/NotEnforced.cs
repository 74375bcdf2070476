using System.Collections.Immutable;
using Remediator.EndToEnd.Tests.Playbooks;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// What the emulator's IAM cannot prove: lines <c>case action: reason</c> in not-enforced.txt; <c>*</c> for all actions of a case.
/// </summary>
internal sealed record NotEnforced(string Case, string Action, string Why)
{
    public static ImmutableArray<NotEnforced> Lines { get; } =
    [
        .. File.ReadLines(Remediator.Emulator.Repository.At("test", "Remediator.EndToEnd.Tests", "Permissions", "not-enforced.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 3))
            .Select(parts => new NotEnforced(parts[0], parts[1].TrimEnd(':'), parts[2])),
    ];

    public bool Covers(string problem) =>
        problem.StartsWith($"{Case}: ", StringComparison.Ordinal)
        && (
            Action is "*"
            || problem.Contains($"without {Action}:", StringComparison.Ordinal)
            || problem.Contains($"without {Action} ", StringComparison.Ordinal)
            || problem.Contains($": {Action} is limited", StringComparison.Ordinal));
}
