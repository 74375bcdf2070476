using System.Collections.Concurrent;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Each kind of operation meets each fault on the wire, twice and for ever: in the end the event is fixed, or a person is called with the right
/// reason, or it is on the queue still; it is never lost, and never said to be fixed when it is not.
/// </summary>
/// <remarks>An answer of success without effect is no fault of reads, of the journal and of notices: AWS gives none, and nothing could tell.</remarks>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class WireFaultTests(World world)
{
    private static readonly FaultKind[] OfAll =
        [FaultKind.Deny, FaultKind.Throttle, FaultKind.Transient, FaultKind.Delay, FaultKind.Drop, FaultKind.Truncate, FaultKind.DoneButFails];

    [Theory]
    [InlineData("sts:AssumeRole", "s3/bucket-public-access-block.partly")]
    [InlineData("config:DescribeConfigRules", "s3/bucket-public-access-block.partly")]
    [InlineData("dynamodb:TransactWriteItems", "s3/bucket-public-access-block.partly")]
    public Task What_the_service_itself_calls(string operation, string playbook) => RunAsync(operation, playbook, OfAll, mayWait: true);

    [Theory]
    [InlineData("s3:GetPublicAccessBlock", "s3/bucket-public-access-block.partly")]
    [InlineData("ec2:DescribeSecurityGroupRules", "ec2/security-group-ssh")]
    [InlineData("rds:DescribeDBInstances", "rds/instance-deletion-protection")]
    public Task A_read(string operation, string playbook) => RunAsync(operation, playbook, OfAll, mayWait: false);

    [Theory]
    [InlineData("s3:PutPublicAccessBlock", "s3/bucket-public-access-block.partly")]
    [InlineData("ec2:RevokeSecurityGroupIngress", "ec2/security-group-ssh")]
    [InlineData("rds:ModifyDBInstance", "rds/instance-deletion-protection")]
    [InlineData("logs:PutRetentionPolicy", "logs/log-group-retention")]
    public Task A_write(string operation, string playbook) => RunAsync(operation, playbook, [.. OfAll, FaultKind.DoNothing], mayWait: false);

    /// <remarks>An answer of success names the run that was started.</remarks>
    [Fact]
    public Task The_start_of_a_runbook() => RunAsync("ssm:StartAutomationExecution", "ec2/instance-type", OfAll, mayWait: false);

    private async Task RunAsync(string operation, string playbook, FaultKind[] faults, bool mayWait)
    {
        var executable = await PublishedFunction.NativeAsync();
        var broken = new ConcurrentQueue<string>();
        var cases = faults.SelectMany(f => new[] { (f, times: 2), (f, times: int.MaxValue) }).ToList();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (one, _) =>
        {
            await using var run = await FaultRun.PrepareAsync(world, executable, playbook);
            var under = await run.SufferAsync(operation, one.f, one.times);
            var after = await run.RecoverAsync();
            if ((WhileItLasts(one.f, under, mayWait) ?? OnceItIsOver(after)) is { } what)
            {
                broken.Enqueue($"{one.f} {(one.times is 2 ? "twice" : "for ever")}: {what}\n  under it {under}\n  after it {after}");
            }
        });
        Console.WriteLine($"{operation}: faults tried {cases.Count}, promises broken {broken.Count}");
        Assert.True(broken.IsEmpty, string.Join('\n', broken));
    }

    private static string? WhileItLasts(FaultKind fault, Standing at, bool mayWait) => at switch
    {
        { State: IncidentState.Fixed, IsRight: false } => "said to be fixed, and is not",
        { State: IncidentState.Fixed } => null,
        { State: IncidentState.Escalated, Notices: 1 } when at.Reason == ReasonOf(fault) => null,
        { State: IncidentState.Escalated } => "a person was called for another reason, or not once",
        _ when mayWait && at.IsHandedBack => null,
        { IsHandedBack: false, State: null } => "lost",
        _ => "nobody was called",
    };

    private static string? OnceItIsOver(Standing at) =>
        at is { IsHandedBack: false, State: IncidentState.Fixed, IsRight: true } ? null : "it is not fixed once nothing is in the way any more";

    private static Reason ReasonOf(FaultKind fault) => fault switch
    {
        FaultKind.Deny => Reason.NotPermitted,
        FaultKind.DoNothing => Reason.NotVerified,
        _ => Reason.ThrottledOut,
    };
}
