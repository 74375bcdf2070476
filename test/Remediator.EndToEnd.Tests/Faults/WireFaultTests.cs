using System.Collections.Concurrent;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Each kind of operation meets each fault, twice or permanently (with REMEDIATOR_LOAD=full both): in the end the event is fixed, or a
/// person is notified with the right reason, or it is still on the queue; it is never lost, and never reported as fixed when it is not.
/// </summary>
/// <remarks>
/// "Success without effect" is not tried for reads, the journal and notices: AWS does not do that, and nothing could detect it.
/// </remarks>
[Collection(InAFaultyWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class WireFaultTests(World world)
{
    private static readonly FaultKind[] OfAll =
    [
        FaultKind.Deny, FaultKind.Throttle, FaultKind.Transient, FaultKind.Delay, FaultKind.Drop, FaultKind.Truncate,
        FaultKind.DoneButFails,
    ];

    private static readonly FaultKind[] OfWrites = [.. OfAll, FaultKind.DoNothing];

    /// <summary>The combinations. For a fault of the service's own permissions, a person may be notified only after it is over.</summary>
    private static readonly Tried[] All =
    [
        new("sts:AssumeRole", "s3/bucket-public-access-block.partly", OfAll, MayWait: true),
        new("config:DescribeConfigRules", "s3/bucket-public-access-block.partly", OfAll, MayWait: true),
        new("dynamodb:TransactWriteItems", "s3/bucket-public-access-block.partly", OfAll, MayWait: true),
        new("s3:GetPublicAccessBlock", "s3/bucket-public-access-block.partly", OfAll, MayWait: false),
        new("ec2:DescribeSecurityGroupRules", "ec2/security-group-ssh", OfAll, MayWait: false),
        new("rds:DescribeDBInstances", "rds/instance-deletion-protection", OfAll, MayWait: false),
        new("s3:PutPublicAccessBlock", "s3/bucket-public-access-block.partly", OfWrites, MayWait: false),
        new("ec2:RevokeSecurityGroupIngress", "ec2/security-group-ssh", OfWrites, MayWait: false),
        new("rds:ModifyDBInstance", "rds/instance-deletion-protection", OfWrites, MayWait: false),
        new("logs:PutRetentionPolicy", "logs/log-group-retention", OfWrites, MayWait: false),
        new("config:GetResourceConfigHistory", RollbackOnWire.OfList, OfAll, MayWait: false),
        new("cloudtrail:LookupEvents", RollbackOnWire.OfValue, OfAll, MayWait: false),
        new("ec2:DescribeSecurityGroups", RollbackOnWire.OfListBothWays, OfAll, MayWait: false),
        new("ec2:AuthorizeSecurityGroupIngress", RollbackOnWire.OfListBothWays, OfWrites, MayWait: false),
        // A successful response names the run that was started.
        new("ssm:StartAutomationExecution", "ec2/instance-type", OfAll, MayWait: false),
    ];

    /// <summary>Most of the time is waiting for the next attempt, so this many runs share it.</summary>
    private static readonly SemaphoreSlim Slots = new(24);

    private static readonly ConcurrentDictionary<string, Task> Runs = new(StringComparer.Ordinal);

    public static TheoryData<string> Operations => [.. All.Select(t => t.Operation)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_fault_ends_fixed_or_with_a_person_called_or_on_the_queue(string operation)
    {
        var executable = await PublishedFunction.NativeAsync();
        foreach (var tried in All)
        {
            _ = Runs.GetOrAdd(tried.Operation, _ => RunAsync(tried, executable));
        }

        await Runs[operation];
    }

    private async Task RunAsync(Tried tried, string executable)
    {
        var broken = new ConcurrentQueue<string>();
        var cases = CasesOf(tried).ToList();
        await Task.WhenAll(cases.Select(async one =>
        {
            await Slots.WaitAsync();
            try
            {
                await using var run = await FaultRun.PrepareAsync(world, executable, tried.Playbook);
                var under = await run.SufferAsync(tried.Operation, one.Fault, one.Times);
                var after = await run.RecoverAsync();
                if ((WhileItLasts(one.Fault, under, tried.MayWait) ?? OnceItIsOver(after)) is { } what)
                {
                    broken.Enqueue(
                        $"{one.Fault} {(one.Times is 2 ? "twice" : "for ever")}: {what}\n  under it {under}\n  after it {after}");
                }
            }
            finally
            {
                Slots.Release();
            }
        }));
        Console.WriteLine($"{tried.Operation}: faults tried {cases.Count}, promises broken {broken.Count}");
        Assert.True(broken.IsEmpty, string.Join('\n', broken));
    }

    /// <summary>In turn, and from one operation to the next the other way round.</summary>
    private static IEnumerable<(FaultKind Fault, int Times)> CasesOf(Tried tried)
    {
        var first = Array.IndexOf(All, tried);
        return tried.Faults.SelectMany((fault, n) => FullRun.IsAsked ? [(fault, 2), (fault, int.MaxValue)]
            : new[] { (fault, (first + n) % 2 is 0 ? 2 : int.MaxValue) });
    }

    private static string? WhileItLasts(FaultKind fault, FaultOutcome at, bool mayWait) => at switch
    {
        { State: IncidentState.Fixed, IsRight: false } => "said to be fixed, and is not",
        { State: IncidentState.Fixed } => null,
        { State: IncidentState.Escalated, Notices: 1 } when at.Reason == ReasonOf(fault) => null,
        { State: IncidentState.Escalated } => "a person was called for another reason, or not once",
        _ when mayWait && at.IsHandedBack => null,
        { IsHandedBack: false, State: null } => "lost",
        _ => "nobody was called",
    };

    private static string? OnceItIsOver(FaultOutcome at) =>
        at is { IsHandedBack: false, State: IncidentState.Fixed, IsRight: true }
            ? null
            : "it is not fixed once nothing is in the way any more";

    private static Reason ReasonOf(FaultKind fault) => fault switch
    {
        FaultKind.Deny => Reason.NotPermitted,
        FaultKind.DoNothing => Reason.NotVerified,
        _ => Reason.ThrottledOut,
    };

    private sealed record Tried(string Operation, string Playbook, FaultKind[] Faults, bool MayWait);
}
