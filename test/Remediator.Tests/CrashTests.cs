using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using Xunit.Abstractions;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests;

/// <summary>The process ends before or after each of its calls to AWS and the journal, one at a time.</summary>
[Trait("Category", "Slow")]
public sealed partial class CrashTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, CrashFlow> Flows = new Dictionary<string, CrashFlow>
    {
        ["a fix"] = new(OpenBucket, Send, Send, FixedAndUndoable),
        ["a fix where nothing was set"] = new(async host => (await host.OpenBucketAsync()).Event, Send, Send, FixedFromNothing),
        ["removal of a security group's rule"] = new(OpenGroup, Send, Send, GroupIsClosedAndUndoable),
        ["tags"] = new(Untagged, Send, Send, Tagged),
        ["a refused call"] = new(Refused, Send, Send, EscalatedOnce),
        ["a call that does nothing"] = new(WithoutEffect, Send, Send, EscalatedOnce),
        ["a rollback"] = new(Drifted, Send, Send, RolledBackAndUndoable),
        ["a rollback that a person asks for"] = new(ForAPerson, RollBack, RollBackUnlessKnown, RolledBackAndUndoable),
        ["an undo of a rollback"] = new(RolledBack, Undo, Undo, DriftedAgainAndHeld),
        ["an undo"] = new(Fixed, Undo, Undo, PutBackAndHeld),
        ["a change that an alarm takes back"] = new(Alarmed, Sweep, Sweep, TakenBackAndTold),
        ["an approval"] = new(Asked, Approve, Approve, FixedAndUndoable),
        ["a rollback through Cloud Control"] = new(
            RegisteredScenarios.DriftedAsync, Send, Send, RegisteredScenarios.AssertBackAndUndoableAsync),
        ["the end of an incident"] = new(Fixed, End, End, CountedOnce),
        ["a second end"] = new(EndedAndUndone, End, End, CountedOnce),
        ["an exemption of what waits"] = new(Asked, ExemptIt, ExemptIt, LeftAloneAndTold),
        ["the sweep after an exemption by pattern"] = new(Asked, ExemptAll, ExemptAll, LeftAloneAndTold),
        ["the end of a hold"] = new(HeldByOrder, Lift, Lift, FixedAndUndoable),
        ["the second step of an escalation"] = new(Unheard, Sweep, Sweep, CalledFurtherOnce),
        ["an announced change"] = new(AnnouncedLongAgo, Sweep, Sweep, FixedAsAnnounced),
        ["a finding that is left to its problem"] = new(OneOfMany, Send, Send, ToldByItselfOrByItsProblem),
        ["the notice of a problem"] = new(LeftToItsProblem, Sweep, Sweep, ToldByItselfOrByItsProblem),
        ["a rollout that is held"] = new(UndoneUnderRollout, Sweep, Sweep, HeldAndTold),
        ["the sweep of a throttled fix"] = new(Throttled, Sweep, Sweep, FixedAndUndoable),
    };

    public static TheoryData<string> Names => [.. Flows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_promise_holds_wherever_the_process_ends(string flow)
    {
        var (tried, broken) = (0, new List<string>());
        for (var at = 1; ; at++)
        {
            var before = await Flows[flow].RunAsync(at, isAfter: false);
            var after = await Flows[flow].RunAsync(at, isAfter: true);
            if (!before.HasCrashed)
            {
                break;
            }

            tried += 2;
            broken.AddRange(new[] { before.Broken, after.Broken }.OfType<string>());
        }

        output.WriteLine($"{flow}: crash points tried {tried}, invariants broken {broken.Count}");
        Assert.True(tried > 3, $"only {tried} points");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    private static async Task<ComplianceChange> OpenBucket(InMemoryHost host) => (await host.OpenBucketAsync(HalfBlocked)).Event;

    private static async Task<ComplianceChange> OpenGroup(InMemoryHost host)
    {
        var group = (await host.CallAsync("ec2:CreateSecurityGroup", "{}")).TextOf("GroupId")!;
        await host.CallAsync("ec2:AuthorizeSecurityGroupIngress", $$"""
            {"GroupId":"{{group}}","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,
             "IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"everybody"},{"CidrIp":"10.0.0.0/8"}],"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}
            """);
        return Some.Change(await host.RuleAsync(Ssh), new(host.Account, host.Region, "AWS::EC2::SecurityGroup", group), host.Now);
    }

    private static async Task<ComplianceChange> Untagged(InMemoryHost host)
    {
        var bucket = await host.BucketAsync();
        await host.CallAsync(
            "s3:PutBucketTagging", $$$"""{"Bucket":"{{{bucket.Id}}}","Tagging":{"TagSet":[{"Key":"keep","Value":"me"}]}}""");
        return Some.Change(await host.RuleAsync(RequiredTags, """{"tag1Key":"owner","tag1Value":"platform"}"""), bucket, host.Now);
    }

    private static Task<ComplianceChange> Drifted(InMemoryHost host) => host.DriftedGroupAsync();

    /// <summary>The policy would only look: nothing but the person's word changes anything, whoever goes on with it.</summary>
    private static async Task<ComplianceChange> ForAPerson(InMemoryHost host)
    {
        var change = await Drifted(host);
        await host.UsePolicyAsync("{defaults: {mode: observe}, auto-up-to: [none, brief, cost, access]}");
        return change;
    }

    private static async Task RollBack(InMemoryHost host, ComplianceChange change) => await host.OperateAsync(
        new(OperatorVerb.Rollback, "", "alice", "why", false)
        {
            Rollback = new(change.Resource, change.CompliantBefore!.Value) { Rule = change.Rule.Name },
        });

    /// <summary>What is in the journal is gone on with by the sweep alone; a person repeats only what left no trace.</summary>
    private static async Task RollBackUnlessKnown(InMemoryHost host, ComplianceChange change)
    {
        if (await host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct) is null)
        {
            await RollBack(host, change);
        }
    }

    private static async Task<ComplianceChange> RolledBack(InMemoryHost host)
    {
        var change = await Drifted(host);
        await host.SendAsync(change);
        return change;
    }

    private static Task<ComplianceChange> Refused(InMemoryHost host) => Faulty(host, FaultKind.Deny);

    private static Task<ComplianceChange> WithoutEffect(InMemoryHost host) => Faulty(host, FaultKind.DoNothing);

    private static async Task<ComplianceChange> Faulty(InMemoryHost host, FaultKind kind)
    {
        host.Faults.Inject("s3:PutPublicAccessBlock", kind);
        return await OpenBucket(host);
    }

    private static async Task<ComplianceChange> Fixed(InMemoryHost host)
    {
        var change = await OpenBucket(host);
        await host.SendAsync(change);
        return change;
    }

    private static async Task<ComplianceChange> Asked(InMemoryHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: approve}");
        return await Fixed(host);
    }

    private static async Task<ComplianceChange> Throttled(InMemoryHost host)
    {
        var change = await Faulty(host, FaultKind.Throttle);
        await host.SendAsync(change);
        host.Faults.Clear();
        await host.PassAsync(TimeSpan.FromMinutes(10));
        return change;
    }

    private static async Task<ComplianceChange> Alarmed(InMemoryHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, undo-on: {alarms: [shop-5xx]}}");
        host.Fake.Alarms.Set("shop-5xx", "OK", host.Now);
        var change = await Fixed(host);
        await host.PassAsync(TimeSpan.FromMinutes(6));
        host.Fake.Alarms.Set("shop-5xx", "ALARM", host.Now);
        return change;
    }

    private static Task<Ended> Send(InMemoryHost host, ComplianceChange change) => host.SendAsync(change);

    private static Task<int> Sweep(InMemoryHost host, ComplianceChange change) => host.SweepAsync();

    private static async Task Undo(InMemoryHost host, ComplianceChange change) =>
        await host.UndoAsync((await IncidentAsync(host, change)).Id);

    private static async Task Approve(InMemoryHost host, ComplianceChange change) =>
        await host.OperateAsync(new(OperatorVerb.Approve, (await IncidentAsync(host, change)).Id, "alice", null, false));

    private static async Task<ComplianceChange> HeldByOrder(InMemoryHost host)
    {
        var change = await OpenBucket(host);
        await host.OperateAsync(new(OperatorVerb.Hold, "", "alice", "why", false) { Match = Everything });
        await host.SendAsync(change);
        Assert.Equal(IncidentState.Held, (await IncidentAsync(host, change)).State);
        return change;
    }

    private static OrderMatch Everything => new() { Resource = "buck*" };

    private static async Task Lift(InMemoryHost host, ComplianceChange change)
    {
        await host.OperateAsync(
            new(OperatorVerb.Lift, "", "alice", null, false) { Order = StandingOrder.IdOf(OrderKind.Hold, Everything) });
        await host.SweepAsync();
    }

    private static async Task ExemptIt(InMemoryHost host, ComplianceChange change) => await host.OperateAsync(
        new(OperatorVerb.Exempt, (await IncidentAsync(host, change)).Id, "alice", "why", false) { Until = change.RecordedAt.AddDays(9) });

    private static async Task ExemptAll(InMemoryHost host, ComplianceChange change)
    {
        await host.OperateAsync(
            new(OperatorVerb.Exempt, "", "alice", "why", false) { Match = Everything, Until = change.RecordedAt.AddDays(9) });
        await host.SweepAsync();
    }

    /// <summary>One order, whatever was cut in two and said again; nobody is waited for, and nothing was changed.</summary>
    private static async Task LeftAloneAndTold(InMemoryHost host, ComplianceChange change)
    {
        var order = Assert.Single((await host.Journal.OrdersAsync(OrderBook.Empty, host.Ct)).Items);
        Assert.Single(order.Entries);
        var incident = await IncidentAsync(host, change);
        Assert.Equal(
            (IncidentState.Held, NoticeState.Resolved, order.Id), (incident.State, incident.Telling.Notice, incident.Terms.Order?.Id));
        AssertSame(HalfBlocked, await host.BlockAsync(change.Resource));
        var notices = await host.NoticesAsync();
        Assert.Single(notices.Select(n => n.TextOf("key")).Distinct());
        Assert.Equal("resolve", notices[^1].TextOf("action"));
        Assert.InRange(notices.Count, 2, 3);
    }

    private static async Task<Incident> IncidentAsync(InMemoryHost host, ComplianceChange change)
    {
        var incident = await host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct);
        return incident ?? throw new InvalidOperationException("there is no open incident");
    }

    private static async Task FixedFromNothing(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(Blocked, await host.BlockAsync(change.Resource));
        Assert.True((await FixedIncident(host, change)).Plan!.Steps[0].Before.IsNull());
        AssertOutcome("undone", await host.UndoAsync((await IncidentAsync(host, change)).Id));
        Assert.True((await host.BlockAsync(change.Resource)).IsNull());
    }

    private static async Task FixedAndUndoable(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(Blocked, await host.BlockAsync(change.Resource));
        AssertSame(HalfBlocked, (await FixedIncident(host, change)).Plan!.Steps[0].Before);
        AssertOutcome("undone", await host.UndoAsync((await IncidentAsync(host, change)).Id));
        AssertSame(HalfBlocked, await host.BlockAsync(change.Resource));
    }

    private static async Task<ComplianceChange> EndedAndUndone(InMemoryHost host)
    {
        var change = await Fixed(host);
        var id = (await IncidentAsync(host, change)).Id;
        await End(host, change);
        AssertOutcome("undone", await host.UndoAsync(id));
        await host.PassAsync(TimeSpan.FromHours(2));
        return change.Later(60);
    }

    private static Task<Ended> End(InMemoryHost host, ComplianceChange change) => host.SendAsync(change.Later(5, Compliance.Compliant));

    /// <summary>After any interruption and repetition, each ended incident is in the aggregate once, as in the journal.</summary>
    private static async Task CountedOnce(InMemoryHost host, ComplianceChange change)
    {
        Assert.Null(await host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct));
        var closed = await host.Journal.ClosedAsync(DateTimeOffset.MinValue, host.Ct).Select(Digest.Of).ToListAsync();
        var kept = await host.Journal.EndedAsync(DateTimeOffset.MinValue, host.Ct);

        Assert.Equal(Assert.Single(closed), Assert.Single(kept.Items));
        Assert.Equal(kept.Items, (await host.Journal.ChangedAsync(change.Rule.Name, 10, host.Ct)).Items);
        Assert.Equal(0, (await host.Journal.RebuildAsync(_ => { }, host.Ct)).Written);
    }

    private static async Task<Incident> FixedIncident(InMemoryHost host, ComplianceChange change)
    {
        var incident = await IncidentAsync(host, change);
        Assert.Equal((IncidentState.Fixed, true), (incident.State, incident.IsChanged));
        Assert.DoesNotContain(await host.NoticesAsync(), n => n.TextOf("eventType") is not "approval_needed");
        return incident;
    }

    private static async Task GroupIsClosedAndUndoable(InMemoryHost host, ComplianceChange change)
    {
        var incident = await FixedIncident(host, change);
        Assert.Equal(["10.0.0.0/8"], await SourcesAsync(host, change));
        Assert.Equal(2, incident.Plan!.Steps[0].Removed.Length);
        AssertOutcome("undone", await host.UndoAsync(incident.Id));
        Assert.Equal(["0.0.0.0/0", "10.0.0.0/8", "::/0"], await SourcesAsync(host, change));
    }

    private static async Task<IEnumerable<string>> SourcesAsync(InMemoryHost host, ComplianceChange change)
    {
        var rules = await host.CallAsync("ec2:DescribeSecurityGroupRules", $$"""{"Filters":[{"Values":["{{change.Resource.Id}}"]}]}""");
        return rules.Member("SecurityGroupRules").EnumerateArray().Select(r => r.TextOf("CidrIpv4") ?? r.TextOf("CidrIpv6")!)
            .Order(StringComparer.Ordinal);
    }

    private static async Task Tagged(InMemoryHost host, ComplianceChange change)
    {
        await FixedIncident(host, change);
        var tags = (await host.CallAsync("s3:GetBucketTagging", $$"""{"Bucket":"{{change.Resource.Id}}"}""")).Member("TagSet");
        AssertSame(Json.Parse("""[{"Key":"keep","Value":"me"},{"Key":"owner","Value":"platform"}]"""), tags);
    }

    private static async Task RolledBackAndUndoable(InMemoryHost host, ComplianceChange change)
    {
        Assert.Equal(RollbackScenarios.RolledBackGroup, await host.InboundAsync(change.Resource));
        var incident = await FixedIncident(host, change);
        AssertOutcome("undone", await host.UndoAsync(incident.Id));
        await DriftedAgainAndHeld(host, change);
    }

    private static async Task DriftedAgainAndHeld(InMemoryHost host, ComplianceChange change)
    {
        Assert.Equal(RollbackScenarios.DriftedGroup, await host.InboundAsync(change.Resource));
        Assert.Equal(IncidentState.Held, (await IncidentAsync(host, change)).State);
        Assert.Empty(await host.NoticesAsync());
    }

    private static async Task EscalatedOnce(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(HalfBlocked, await host.BlockAsync(change.Resource));
        var incident = await IncidentAsync(host, change);
        Assert.Equal((IncidentState.Escalated, NoticeState.Sent, false), (incident.State, incident.Telling.Notice, incident.IsChanged));
        var notices = await host.NoticesAsync();
        Assert.Single(notices.Select(n => n.TextOf("key")).Distinct());
        // SNS has no idempotency token: if the process ends between the publish and the journal entry, the notice comes twice, with one
        // key.
        Assert.InRange(notices.Count, 1, 2);
    }

    private static async Task TakenBackAndTold(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(HalfBlocked, await host.BlockAsync(change.Resource));
        var incident = await IncidentAsync(host, change);
        Assert.Equal((IncidentState.Held, Reason.AlarmRang), (incident.State, incident.Reason));
        var notices = await host.NoticesAsync();
        Assert.Single(notices.Select(n => n.TextOf("key")).Distinct());
        Assert.InRange(notices.Count, 1, 2);
    }

    private static async Task PutBackAndHeld(InMemoryHost host, ComplianceChange change)
    {
        AssertSame(HalfBlocked, await host.BlockAsync(change.Resource));
        Assert.Equal(IncidentState.Held, (await IncidentAsync(host, change)).State);
        Assert.Empty(await host.NoticesAsync());
    }
}
