using System.Collections.Immutable;
using Remediator.Emulator;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;

namespace Remediator.Cli.Cases;

/// <summary>What a run on the emulator does not show of AWS, as far as that is known.</summary>
/// <param name="Rules">Differences between the emulator and AWS that the AWS-like layer covers: what AWS does, with the source.</param>
/// <param name="StandIns">Operations that a case's document answers in place of the emulator, each with why.</param>
/// <param name="Runbooks">Runbooks of SSM Automation that the playbook starts: the emulator runs none.</param>
internal sealed record Otherwise(
    ImmutableArray<LayerRule> Rules, ImmutableArray<(string Operation, string Because)> StandIns, ImmutableArray<string> Runbooks)
{
    public static async Task<Otherwise> OfAsync(TestedPlaybook tested, AwsLikeLayer layer, CancellationToken ct)
    {
        var sites = CallSite.Of(tested.Playbook);
        var called = sites.Select(s => s.Call.Operation).ToHashSet(StringComparer.Ordinal);
        var standIns =
            from one in tested.Cases
            let standIn = one.StandIn
            where standIn is not null
            from operation in standIn.Calls.Keys
            select (operation, standIn.Because);
        return new(
            [.. (await layer.RulesAsync(ct)).Where(r => r.Operations.Any(called.Contains)).OrderBy(r => r.Id, StringComparer.Ordinal)],
            [.. standIns.Distinct().Order()],
            [.. sites.Select(s => s.Call).Where(c => c.IsRunbook).Select(c => c.Operation).Distinct(StringComparer.Ordinal)]);
    }
}
