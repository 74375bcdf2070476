using Remediator.Playbooks;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Runbooks;

/// <summary>A runbook among other calls: the calls after it in the playbook are made after it ends.</summary>
public sealed class RunbookOrderTests : IDisposable
{
    private const string Name = "s3/by-runbook";
    private readonly string folder = Directory.CreateTempSubdirectory("playbooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Call_after_a_runbook_is_made_when_the_runbook_has_ended()
    {
        await using var host = new InMemoryHost();
        host.UsePlaybooks(Deploy());
        var status = "InProgress";
        host.Fake.On(Runbook.Start, """{"AutomationExecutionId":"e-1"}""");
        host.Fake.On(Runbook.Look, _ => Json.Parse($$$"""{"AutomationExecution":{"AutomationExecutionStatus":"{{{status}}}"}}"""));
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);

        AssertOutcome("pending", await host.SendAsync(change));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([Runbook.Start], host.Changes());

        status = "Success";
        await host.SweepAfterAsync(TimeSpan.FromMinutes(20));

        Assert.Equal([Runbook.Start, "s3:PutPublicAccessBlock"], host.Changes());
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Runbook_that_never_ends_calls_a_person_and_what_comes_after_it_is_not_begun()
    {
        await using var host = new InMemoryHost();
        host.UsePlaybooks(Deploy());
        host.Fake.On(Runbook.Start, """{"AutomationExecutionId":"e-1"}""");
        host.Fake.On(Runbook.Look, """{"AutomationExecution":{"AutomationExecutionStatus":"InProgress"}}""");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SendAsync(change);

        for (var i = 0; i < 20; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal([Runbook.Start], host.Changes());
        Assert.Equal("not-verified", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    private string Deploy()
    {
        const string Yaml = """
            summary: Prepares the bucket, then blocks public access.
            rules: [S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED]
            resource: AWS::S3::Bucket
            impact: none
            read: {call: 's3:GetPublicAccessBlock', with: {Bucket: '${resource.id}'}, take: PublicAccessBlockConfiguration,
              absent-on: NoSuchPublicAccessBlockConfiguration}
            want: {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}
            wait: 1h
            write:
              - {runbook: Prepare, with: {Bucket: ['${resource.id}']}}
              - {call: 's3:PutPublicAccessBlock', with: {Bucket: '${resource.id}', PublicAccessBlockConfiguration: '${target}'}}
            manual: By hand.
            """;
        Directory.CreateDirectory(Path.Combine(folder, "s3"));
        File.WriteAllText(Path.Combine(folder, Name + ".yaml"), Yaml);
        File.WriteAllText(Path.Combine(folder, PlaybookLibrary.IndexFile), PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, Yaml)]));
        return folder;
    }
}
