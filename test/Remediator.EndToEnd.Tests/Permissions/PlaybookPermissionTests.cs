using System.Collections.Concurrent;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Playbooks;
using Xunit.Abstractions;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// Every case of every playbook with the emulator's IAM on, with exactly the permissions derived from the playbook, and again without each
/// of them; a rollback with those of a policy that rolls back. What the emulator cannot prove is listed in <see cref="EmulatorPolicy"/>,
/// <see cref="Scopes"/> and not-enforced.txt; what is granted and no case needs, in not-needed.txt.
/// </summary>
[Trait("Category", "Emulator")]
public sealed class PlaybookPermissionTests(ITestOutputHelper output)
{
    private readonly ConcurrentQueue<PlaybookProof> _proofs = [];

    [Fact]
    public async Task Every_playbook_holds_with_what_is_derived_and_fails_closed_without_any_of_it()
    {
        var cases = new ConcurrentQueue<IGrouping<string, PlaybookCase>>(PlaybookCases.Names.Select(PlaybookCases.Load)
            .Where(c => c.Changes)
            .GroupBy(c => c.Playbook, StringComparer.Ordinal));

        await Task.WhenAll(LaneAsync(cases), LaneAsync(cases));

        var proofs = _proofs.OrderBy(p => p.Playbook, StringComparer.Ordinal).ToArray();
        var summary = $"permissions: {proofs.Count(p => p.Holds)} playbooks held, {proofs.Sum(p => p.Removed)} removals failed closed "
            + $"({proofs.Sum(p => p.RemovedOfRollbacks)} of them of rollbacks), "
            + $"{proofs.Sum(p => p.HeldLimits.Count)} limits held against ARNs";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        var excused = NotEnforced.Lines;
        var problems = proofs.SelectMany(p => p.Problems).ToArray();
        AssertNone(problems.Where(p => !excused.Any(e => e.Covers(p))));
        AssertNone(excused.Where(e => !problems.Any(e.Covers)).Select(e => $"no longer so: {e}"));
        // Of a case that the emulator cannot run nothing is known.
        var unknown = excused.Where(e => e.Action is "*").Select(e => e.Case.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var noted = NotedLine.Of("not-needed.txt").Select(n => $"{n.About} {n.Action}").ToHashSet(StringComparer.Ordinal);
        var notNeeded = proofs.Where(p => !unknown.Contains(p.Playbook))
            .SelectMany(p => p.NotNeeded.Select(action => $"{p.Playbook} {action}"))
            .ToHashSet(StringComparer.Ordinal);
        AssertNone(notNeeded.Except(noted).Select(granted => $"granted, and no case needs it: {granted}"));
        AssertNone(noted.Except(notNeeded).Select(granted => $"a case needs it: {granted}"));
        Assert.All(proofs, p => Assert.True(p.Removed > 0 || p.Problems.Count > 0, $"{p.Playbook}: nothing was removed"));
    }

    private static void AssertNone(IEnumerable<string> problems) =>
        Assert.True(problems.ToArray() is [], string.Join('\n', problems));

    /// <summary>IAM can only be switched on for a whole emulator, so each parallel lane has its own.</summary>
    private async Task LaneAsync(ConcurrentQueue<IGrouping<string, PlaybookCase>> cases)
    {
        var emulated = new Emulated();
        await emulated.InitializeAsync();
        try
        {
            var library = new PlaybookLibrary(PlaybookCases.PlaybookFolder);
            while (cases.TryDequeue(out var ofPlaybook))
            {
                _proofs.Enqueue(await PlaybookProof.OfAsync(library.Load(ofPlaybook.Key), ofPlaybook, emulated));
            }
        }
        finally
        {
            await emulated.DisposeAsync();
        }
    }
}
