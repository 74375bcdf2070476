using System.Collections.Concurrent;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Testing;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// The function's process is killed before its first request and after each third one (of a person's rollback each fifth), with every
/// kind of playbook; with REMEDIATOR_LOAD=full after each. API calls and journal writes are both covered, because both are HTTP requests.
/// CrashTests, in memory, tries every point.
/// </summary>
/// <remarks>
/// After a request and before the next one is the same moment: the process's memory is lost, and nobody else sees a difference.
/// </remarks>
[Collection(InAFaultyWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class ProcessCrashTests(World world)
{
    private const int AtOnce = 6;

    [Theory]
    [InlineData("a plain write", "s3/bucket-versioning")]
    [InlineData("a wanted value in a document", "s3/bucket-public-access-block.partly")]
    [InlineData("nothing set before", "s3/bucket-public-access-block")]
    [InlineData("a policy document", "s3/bucket-secure-transport")]
    [InlineData("items removed from a list", "ec2/security-group-ssh")]
    [InlineData("tags", "tags/dynamodb-required-tags")]
    [InlineData("an id that is resolved", "rds/instance-deletion-protection")]
    [InlineData("a setting of the account", "iam/password-policy")]
    [InlineData("several steps", "cloudtrail/security-trail")]
    [InlineData("a setting that takes its time", "ec2/instance-imdsv2")]
    [InlineData("a call for each item", "lambda/function-public-access")]
    [InlineData("a runbook", "ec2/instance-type")]
    [InlineData("parts of a list as recorded", RollbackOnWire.OfListBothWays)]
    [InlineData("members of a value as recorded", RollbackOnWire.OfValue)]
    public Task Every_promise_holds_wherever_the_process_is_killed(string shape, string playbook) =>
        RunAsync(shape, playbook, Work.Event, each: 3);

    [Theory]
    [InlineData("an undo of a value", "s3/bucket-public-access-block.partly")]
    [InlineData("an undo of removed items", "ec2/security-group-ssh")]
    [InlineData("an undo of a rollback", RollbackOnWire.OfListBothWays)]
    public Task An_undo_ends_undone_wherever_the_process_is_killed(string shape, string playbook) =>
        RunAsync(shape, playbook, Work.Undo, each: 3);

    [Fact]
    public Task A_rollback_that_a_person_asked_for_is_carried_on_by_the_sweep_wherever_the_process_is_killed() =>
        RunAsync("a person's rollback", RollbackOnWire.OfList, Work.Order, each: 5);

    private async Task RunAsync(string shape, string playbook, Work work, int each)
    {
        var executable = await PublishedFunction.NativeAsync();
        int requests;
        await using (var whole = await CrashRun.PrepareAsync(world, executable, playbook, work))
        {
            requests = await whole.CountAsync();
        }

        var broken = new ConcurrentQueue<string>();
        var points = FullRun.OrEach(each, Enumerable.Range(1, requests)).Select(at => (at, isAfter: true)).Prepend((at: 1, isAfter: false))
            .ToList();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (point, _) =>
        {
            await using var run = await CrashRun.PrepareAsync(world, executable, playbook, work);
            // A run of more than five seconds asks once more whether people gave orders: another may have one request less.
            var mayEndEarly = point.at == requests;
            var what = await run.CrashAsync(point.at, point.isAfter);
            if (what is not null && !(mayEndEarly && what == CrashRun.NothingCrashed(point.at)))
            {
                broken.Enqueue(what);
            }
        });
        Console.WriteLine($"{shape} ({playbook}): crash points tried {points.Count}, invariants broken {broken.Count}");
        Assert.True(requests >= 9, $"only {requests} requests");
        Assert.True(broken.IsEmpty, string.Join('\n', broken));
    }
}
