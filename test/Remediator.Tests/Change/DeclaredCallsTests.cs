using Remediator.Aws;
using Remediator.Change;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A playbook calls only operations that it declares: for reads and changes, from a plan, an undo or the journal.</summary>
public sealed class DeclaredCallsTests
{
    private static PlaybookLibrary Library { get; } = new(Repository.At("playbooks"));

    [Fact]
    public async Task Calls_that_the_playbook_does_not_have_are_not_made()
    {
        var fake = new FakeAws();
        var aws = new DeclaredCalls(fake, _ => Task.FromResult<IAws>(fake), Library.Load("s3/bucket-public-access-block"));
        await fake.Behind.CallAsync("s3:CreateBucket", Json.Parse("""{"Bucket":"a"}"""), CancellationToken.None);

        await aws.CallAsync(
            "s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"a","PublicAccessBlockConfiguration":{}}"""), CancellationToken.None);
        var read = await Assert.ThrowsAsync<UndeclaredCallException>(
            () => aws.CallAsync("s3:GetBucketPolicy", Json.Parse("""{"Bucket":"a"}"""), CancellationToken.None));
        await Assert.ThrowsAsync<UndeclaredCallException>(async () =>
        {
            await foreach (var _ in aws.PagesAsync("iam:ListUsers", Json.EmptyObject, CancellationToken.None))
            {
            }
        });

        Assert.Equal(["s3:PutPublicAccessBlock"], fake.Calls);
        Assert.Equal((Reason.Failed, false), (Fault.Of(read)!.Reason, Fault.Of(read)!.IsPassing));
        Assert.Contains("s3:GetBucketPolicy is no call of playbook s3/bucket-public-access-block", read.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Playbook_with_a_runbook_may_look_at_its_run()
    {
        var fake = new FakeAws().On(Runbook.Look, "{}");
        var aws = new DeclaredCalls(fake, _ => Task.FromResult<IAws>(fake), Library.Load("ec2/instance-type"));

        await aws.CallAsync(Runbook.Look, Json.EmptyObject, CancellationToken.None);

        Assert.Equal([Runbook.Look], fake.Calls);
    }
}
