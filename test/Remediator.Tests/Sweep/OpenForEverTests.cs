using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>No incident stays open without anybody to end it, and none delays the others.</summary>
public sealed class OpenForEverTests
{
    [Fact]
    public async Task Escalated_incident_of_a_rule_that_was_deleted_is_closed_and_resolved()
    {
        await using var host = new InMemoryHost();
        var (_, rule, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        var ended = await host.SendAsync(change);
        await host.CallAsync("config:DeleteConfigRule", $$"""{"ConfigRuleName":"{{rule.Name}}"}""");

        await host.SweepAfterAsync(TimeSpan.FromHours(25));

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
        Assert.Equal(["remediation_failed", "remediation_resolved"], (await host.NoticesAsync()).Select(n => n.TextOf("eventType")!));
    }

    [Fact]
    public async Task Call_that_never_answers_does_not_affect_the_other_incidents_of_a_sweep()
    {
        await using var host = new InMemoryHost();
        var rule = await host.RuleAsync(PublicAccess);
        await host.UsePolicyAsync("defaults: {mode: auto, settle: 15m}");
        foreach (var name in new[] { "a", "b" })
        {
            await host.SendAsync(Some.Change(rule, await host.BucketAsync(name), host.Now));
        }

        var calls = 0;
        host.Fake.Before = operation =>
            operation is "s3:GetPublicAccessBlock" && calls++ == 0 ? throw new TaskCanceledException("timed out") : Task.CompletedTask;
        await host.SweepAfterAsync(TimeSpan.FromMinutes(16));

        Assert.Single(host.Changes());
    }

    [Fact]
    public async Task Change_that_was_halted_for_long_gets_its_time_to_take_effect_once_it_goes_on()
    {
        await using var host = new InMemoryHost();
        using var books = new SlowPlaybook();
        host.UsePlaybooks(books.Folder);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation => operation is "s3:PutPublicAccessBlock" ? throw new KilledException() : Task.CompletedTask;
        var ended = await host.SendAsync(change);
        Assert.True(ended.IsHandedBack, ended.ToString());
        host.Fake.Before = _ => Task.CompletedTask;
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoNothing);

        // No worker for hours; then the call is made, and takes effect late.
        host.Restart();
        await host.SweepAfterAsync(TimeSpan.FromHours(5));

        var open = Assert.Single(await host.Journal.OpenAsync(host.Ct).ToListAsync());
        Assert.Equal(IncidentState.Verifying, open.State);
        Assert.Empty(await host.NoticesAsync());

        for (var i = 0; i < 8; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Lines_that_repeat_themselves_do_not_push_the_history_out()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        var ended = await host.SendAsync(change);
        for (var i = 0; i < 120; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        }

        var entries = (await host.IncidentOf(ended)).Entries;
        Assert.Contains(entries, e => e.What == "applying 1 call");
        Assert.Equal(host.Now, entries[^1].At);
    }

    [Fact]
    public async Task Approval_of_what_the_policy_only_observes_by_now_changes_nothing()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", ended);
        await host.UsePolicyAsync("defaults: {mode: observe}");

        AssertOutcome("observed", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Approval_is_carried_out_once_that_is_possible()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        await host.OperateAsync(new(OperatorVerb.Stop, "", "bob", "a bad day", false));

        AssertOutcome("pending", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));
        await host.OperateAsync(new(OperatorVerb.Start, "", "bob", null, false));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Waiting_approval_is_valid_for_one_plan_and_only_once()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Throttle);
        AssertOutcome("pending", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));
        host.Faults.Clear();
        await host.BlockAsync(
            bucket.Id,
            Json.Parse(
                """{"BlockPublicAcls":false,"IgnorePublicAcls":false,"BlockPublicPolicy":false,"RestrictPublicBuckets":false,"More":1}"""
            ));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentOf(ended)).State);
        Assert.Equal(2, (await host.NoticesAsync()).Count);

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));
        await host.BlockAsync(bucket.Id, HalfBlocked);
        AssertOutcome("awaiting-approval", await host.SendAsync(change.Later(10)));
    }

    [Fact]
    public async Task Before_state_that_does_not_fit_into_the_journal_is_reported_once_and_nothing_is_changed()
    {
        await using var host = new InMemoryHost();
        var noise = new byte[400_000];
        new Random(1).NextBytes(noise);
        var (_, _, change) = await host.OpenBucketAsync(
            Json.Object([KeyValuePair.Create("Noise", Json.Text(Convert.ToBase64String(noise)))]));

        var ended = await host.SendAsync(change);
        for (var day = 0; day < 3; day++)
        {
            await host.SweepAfterAsync(TimeSpan.FromDays(1.1));
        }

        AssertOutcome("escalated", ended);
        Assert.Empty(host.Changes());
        Assert.Contains("KiB", Assert.Single(await host.NoticesAsync()).TextOf("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compliant_event_finds_the_incident_of_a_playbook_for_all_regions()
    {
        var resource = new ResourceKey("123456789012", "eu-west-1", "AWS::S3::AccountPublicAccessBlock", "123456789012");

        Assert.Contains(resource with { Region = ResourceKey.Global }, GlobalResources.Keys(resource));
        Assert.Contains(resource, GlobalResources.Keys(resource));
    }

    /// <summary>The shipped playbook whose change may take half an hour to become visible.</summary>
    private sealed class SlowPlaybook : IDisposable
    {
        public SlowPlaybook()
        {
            const string Name = "s3/bucket-public-access-block";
            var yaml = File.ReadAllText(Repository.At($"playbooks/{Name}.yaml")) + "\nwait: 30m\n";
            Directory.CreateDirectory(Path.Combine(Folder, "s3"));
            File.WriteAllText(Path.Combine(Folder, Name + ".yaml"), yaml);
            File.WriteAllText(
                Path.Combine(Folder, PlaybookLibrary.IndexFile), PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, yaml)]));
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("playbooks-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
