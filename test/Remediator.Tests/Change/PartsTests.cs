using System.Text.Json;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>
/// A change of two parts needs two approvals: the second is asked for when the first part is made, with what is left as it would be made
/// then. The playbook is the shipped one of encrypted volumes: first the copy, then the swap.
/// </summary>
public sealed class PartsTests : IDisposable
{
    private readonly InMemoryHost host = new();
    private readonly FakeVolumes ec2;

    public PartsTests() => ec2 = new(host);

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task First_question_says_that_there_will_be_a_second_one()
    {
        await AskedAsync();

        var mail = Mail();
        Assert.Contains("Asked again:       before the earlier volume: The encrypted copy is there.", mail, StringComparison.Ordinal);
        Assert.Contains("ec2:DetachVolume", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_yes_makes_the_first_part_and_asks_for_the_rest_with_the_names_that_are_known_by_then()
    {
        var asked = await AskedAgainAsync();

        Assert.Equal("vol-1", ec2.InPlace);
        Assert.True(ec2.Volumes["vol-2"].Encrypted);
        var notice = (await host.NoticesAsync())[^1];
        Assert.Equal("approval_needed", notice.TextOf("eventType"));
        Assert.Equal("snapshot, encrypted copy: changed, and still in place", notice.TextOf("inPlace"));
        Assert.StartsWith("The encrypted copy is there.", notice.TextOf("detail"), StringComparison.Ordinal);
        var calls = notice.Member("plan").Member("calls").GetRawText();
        Assert.DoesNotContain("ec2:CreateSnapshot", calls, StringComparison.Ordinal);
        Assert.Contains("vol-2", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("the encrypted copy", calls, StringComparison.Ordinal);
        Assert.Contains(asked.Asked!.Identity, notice.Member("commands").TextOf("approve"), StringComparison.Ordinal);
        Assert.Equal($"remediator undo {asked.Id}", notice.Member("commands").TextOf("undo"));
        Assert.NotEmpty(notice.Member("evidence").EnumerateArray());
    }

    [Fact]
    public async Task Second_yes_makes_the_rest_in_the_name_of_whoever_gave_it()
    {
        var asked = await AskedAgainAsync();

        Steps.AssertOutcome("fixed", await ApproveAsync(asked, "bob"));

        Assert.Equal("vol-2", ec2.InPlace);
        Assert.Equal(1, ec2.SnapshotsMade);
        Assert.Equal("claimed=bob", (await host.IncidentAsync(asked.Id))!.Change!.AgreedBy);
    }

    [Fact]
    public async Task Yes_to_the_first_plan_is_no_yes_to_the_rest()
    {
        var first = await AskedAsync();
        await ApproveAsync(first, "alice");
        var shown = first.Asked!.Identity;

        var ended = await host.OperateAsync(new(OperatorVerb.Approve, first.Id, "alice", null, false) { Plan = shown });

        Steps.AssertOutcome("refused", ended);
        Assert.Contains($"is not {shown} any more", ended.Why, StringComparison.Ordinal);
        Assert.Equal("vol-1", ec2.InPlace);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Event_between_the_parts_asks_nothing_anew_and_changes_nothing(int later)
    {
        var change = await ChangeAsync();
        var asked = await AskedAgainAsync(change);
        var (notices, changes) = ((await host.NoticesAsync()).Count, host.Changes().Count());

        await host.SendAsync(change.Later(later));

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.AwaitingApproval, asked.Asked!.Identity), (incident.State, incident.Asked!.Identity));
        Assert.Equal((notices, changes), ((await host.NoticesAsync()).Count, host.Changes().Count()));
        Steps.AssertOutcome("fixed", await ApproveAsync(incident, "bob"));
        Assert.Equal(1, ec2.SnapshotsMade);
    }

    [Fact]
    public async Task Retry_is_no_yes()
    {
        var asked = await AskedAgainAsync();

        await host.OperateAsync(new(OperatorVerb.Retry, asked.Id, "bob", "a reason", false));

        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentAsync(asked.Id))!.State);
        Assert.Equal("vol-1", ec2.InPlace);
    }

    [Fact]
    public async Task Undo_between_the_parts_puts_the_first_one_back()
    {
        var asked = await AskedAgainAsync();

        Steps.AssertOutcome("undone", await host.UndoAsync(asked.Id));

        Assert.Equal("vol-1", ec2.InPlace);
        Assert.Null(ec2.Snapshot);
        Assert.Null(ec2.Volumes["vol-2"].Mark);
        var held = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.Held, false, null), (held.State, held.IsChanged, held.Change!.AsksAt));
    }

    [Fact]
    public async Task Change_after_an_undo_between_the_parts_begins_with_its_first_part_again()
    {
        var asked = await AskedAgainAsync();
        await host.UndoAsync(asked.Id);

        await host.OperateAsync(new(OperatorVerb.Retry, asked.Id, "bob", "a reason", false));

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.AwaitingApproval, null, 0), (incident.State, incident.Change!.AsksAt, incident.Change.AgreedFrom));
        Assert.Equal("snapshot", incident.Asked!.Steps[0].Step);
    }

    [Fact]
    public async Task Change_after_an_undo_of_both_parts_asks_twice_again()
    {
        var asked = await AskedAgainAsync();
        await ApproveAsync(asked, "bob");
        Steps.AssertOutcome("undone", await host.UndoAsync(asked.Id));
        await host.OperateAsync(new(OperatorVerb.Retry, asked.Id, "bob", "a reason", false));

        Steps.AssertOutcome("awaiting-approval", await ApproveAsync(asked, "carol"));

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal(("snapshot, encrypted copy", "vol-1"), (incident.Change!.Made, ec2.InPlace));
    }

    [Fact]
    public async Task Hold_between_the_parts_ends_with_the_question()
    {
        var asked = await AskedAgainAsync();
        await host.OperateAsync(new(OperatorVerb.Hold, asked.Id, "bob", "not today", false));

        await host.SweepAfterAsync(TimeSpan.FromDays(8));

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.AwaitingApproval, "vol-1"), (incident.State, ec2.InPlace));
        Steps.AssertOutcome("fixed", await ApproveAsync(incident, "bob"));
    }

    [Fact]
    public async Task Exemption_between_the_parts_leaves_it_where_it_is()
    {
        var asked = await AskedAgainAsync();
        var changes = host.Changes().Count();

        await host.OperateAsync(new(OperatorVerb.Exempt, asked.Id, "bob", "kept", false) { Until = host.Now.AddDays(30) });

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.Held, true), (incident.State, incident.IsChanged));
        Assert.Equal(changes, host.Changes().Count());
        Steps.AssertOutcome("undone", await host.UndoAsync(asked.Id));
    }

    [Fact]
    public async Task Yes_while_all_changes_are_stopped_is_carried_out_when_they_are_not()
    {
        var asked = await AskedAgainAsync();
        await host.OperateAsync(new(OperatorVerb.Stop, "", "alice", "a fire", false));

        Steps.AssertOutcome("pending", await ApproveAsync(asked, "bob"));
        Assert.Equal("vol-1", ec2.InPlace);
        await host.OperateAsync(new(OperatorVerb.Start, "", "alice", null, false));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal("vol-2", ec2.InPlace);
    }

    [Fact]
    public async Task Guard_that_does_not_hold_any_more_is_told_before_the_rest_is_made()
    {
        var asked = await AskedAgainAsync();
        ec2.State = "running";

        var ended = await ApproveAsync(asked, "bob");

        Steps.AssertOutcome("awaiting-approval", ended);
        Assert.Contains("is not stopped", ended.Why, StringComparison.Ordinal);
        Assert.Equal("vol-1", ec2.InPlace);
        Assert.Equal("guarded", (await host.NoticesAsync())[^1].TextOf("reason"));
    }

    [Fact]
    public async Task Policy_that_only_observes_by_then_lets_the_rest_wait()
    {
        var asked = await AskedAgainAsync();
        await host.UsePolicyAsync("defaults: {mode: observe, owner: platform}");

        await ApproveAsync(asked, "bob");

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.AwaitingApproval, "vol-1"), (incident.State, ec2.InPlace));
        Assert.NotNull(incident.Change!.AsksAt);
    }

    [Fact]
    public async Task Config_that_finds_it_right_between_the_parts_closes_it_and_an_undo_is_still_possible()
    {
        var change = await ChangeAsync();
        var asked = await AskedAgainAsync(change);

        await host.SendAsync(change.Later(10, Compliance.Compliant));
        Assert.Equal(IncidentState.Closed, (await host.IncidentAsync(asked.Id))!.State);

        Steps.AssertOutcome("undone", await host.UndoAsync(asked.Id));
        Assert.Null(ec2.Snapshot);
    }

    [Fact]
    public async Task Second_question_comes_when_the_copy_is_there_however_long_that_takes()
    {
        ec2.IsSlow = true;
        var asked = await AskedAsync();
        Steps.AssertOutcome("pending", await ApproveAsync(asked, "alice"));
        await host.SweepAfterAsync(TimeSpan.FromHours(2));
        ec2.Snapshot = "completed";
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(IncidentState.Applying, (await host.IncidentAsync(asked.Id))!.State);

        ec2.Volumes["vol-2"] = ec2.Volumes["vol-2"] with { State = "available" };
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentAsync(asked.Id))!.State);
        Assert.DoesNotContain("ec2:DetachVolume", host.Changes());
    }

    [Fact]
    public async Task Denied_read_between_the_parts_calls_a_person_and_the_question_comes_once_it_is_allowed()
    {
        var asked = await AskedAgainAsync();
        host.Faults.Inject("ec2:DescribeVolumes", FaultKind.Deny);

        Steps.AssertOutcome("escalated", await ApproveAsync(asked, "bob"));
        Assert.Equal("not-permitted", (await host.NoticesAsync())[^1].TextOf("reason"));
        Assert.Equal("vol-1", ec2.InPlace);
        host.Faults.Clear();

        await host.OperateAsync(new(OperatorVerb.Retry, asked.Id, "bob", "a reason", false));

        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentAsync(asked.Id))!.State);
        Steps.AssertOutcome("fixed", await ApproveAsync(asked, "bob"));
    }

    [Fact]
    public async Task Part_that_is_made_stays_where_the_rest_cannot_be_read()
    {
        ec2.IsSlow = true;
        var asked = await AskedAsync();
        await ApproveAsync(asked, "alice");
        ec2.Snapshot = "completed";
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        ec2.Volumes["vol-2"] = ec2.Volumes["vol-2"] with { State = "available" };
        host.Faults.Inject("ec2:DescribeInstances", FaultKind.Deny);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        var incident = (await host.IncidentAsync(asked.Id))!;
        Assert.Equal((IncidentState.Escalated, Reason.NotPermitted, true), (incident.State, incident.Reason, incident.IsChanged));
        Assert.Equal(("completed", "vol-1"), (ec2.Snapshot, ec2.InPlace));
        Assert.NotNull(ec2.Volumes["vol-2"].Mark);
        host.Faults.Clear();

        await host.OperateAsync(new(OperatorVerb.Retry, asked.Id, "bob", "a reason", false));

        Steps.AssertOutcome("fixed", await ApproveAsync((await host.IncidentAsync(asked.Id))!, "bob"));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_process_ends_after_the_first_yes_there_is_one_copy_and_a_second_question(bool isAfter)
    {
        for (var at = 1; at < 120; at++)
        {
            if (await KilledAsync(at, isAfter))
            {
                Assert.True(at > 10, $"only {at} points");
                return;
            }
        }
    }

    /// <summary>Whether the first part came to its end before the process did.</summary>
    private static async Task<bool> KilledAsync(int at, bool isAfter)
    {
        using var one = new PartsTests();
        var asked = await one.AskedAsync();
        var (isOver, where) = await Killed.WhileAsync(one.host, () => one.ApproveAsync(asked, "alice"), at, isAfter);
        for (var pass = 0; pass < 5; pass++)
        {
            await one.host.SweepAfterAsync(TimeSpan.FromMinutes(6));
            var found = (await one.host.IncidentAsync(asked.Id))!;
            if (found is { State: IncidentState.AwaitingApproval, Change.AsksAt: null })
            {
                // It ended before the yes was durable.
                await one.ApproveAsync(found, "alice");
            }
        }

        var incident = (await one.host.IncidentAsync(asked.Id))!;
        Assert.True(
            incident is { State: IncidentState.AwaitingApproval, Change.AsksAt: 2 } && one.ec2 is { InPlace: "vol-1", SnapshotsMade: 1 },
            $"{where}: {incident.State}, {one.ec2.InPlace}, {one.ec2.SnapshotsMade} snapshots");
        Steps.AssertOutcome("fixed", await one.ApproveAsync(incident, "bob"));
        return isOver;
    }

    private string Mail() => Json.Parse(host.Fake.Sns.Messages[^1].TextOf("Message")!).TextOf("email")!;

    private async Task<Incident> AskedAsync(ComplianceChange? change = null)
    {
        var asked = await host.SendAsync(change ?? await ChangeAsync());
        Steps.AssertOutcome("awaiting-approval", asked);
        return await host.IncidentOf(asked);
    }

    private async Task<Incident> AskedAgainAsync(ComplianceChange? change = null)
    {
        var ended = await ApproveAsync(await AskedAsync(change), "alice");
        Steps.AssertOutcome("awaiting-approval", ended);
        return await host.IncidentOf(ended);
    }

    private Task<Ended> ApproveAsync(Incident incident, string by) => host.OperateAsync(
        new(OperatorVerb.Approve, incident.Id, by, null, false));

    private async Task<ComplianceChange> ChangeAsync()
    {
        await host.UsePolicyAsync("defaults: {mode: approve, owner: platform}");
        return Some.Change(
            await host.RuleAsync("ENCRYPTED_VOLUMES"), new(FakeAws.Account, FakeAws.Region, "AWS::EC2::Volume", "vol-1"), host.Now);
    }
}
