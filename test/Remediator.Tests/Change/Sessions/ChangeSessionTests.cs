using Remediator.Aws;
using Remediator.Change.Sessions;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Sessions;

/// <summary>A change is made in a session of its own; all else in such as read.</summary>
public sealed class ChangeSessionTests
{
    private const string Approve = "defaults: {mode: approve, owner: platform, environment: test}";

    [Fact]
    public async Task Change_is_made_in_a_session_of_the_incident_for_its_calls_alone_and_nothing_else_is()
    {
        await using var host = Host();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);

        var incident = await host.IncidentOf(ended);
        var session = Assert.Single(host.Fake.Entered.Distinct());
        Assert.Equal((incident.Id, null), (session.Name, session.SourceIdentity));
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutBucketPublicAccessBlock","Resource":"arn:aws:s3:::"""
            + bucket.Id + "\"}]}",
            session.Policy);
        Assert.Equal(["s3:PutPublicAccessBlock"], host.Fake.InSessions.Where(c => c.Session == session).Select(c => c.Operation));
        Assert.DoesNotContain(
            host.Fake.InSessions,
            c => c.Session != session && FakeCall.IsMutating(c.Operation) && !c.Operation.StartsWith("config:", StringComparison.Ordinal));
        Assert.Contains(incident.Entries, e => e.What == "applying 1 call, with credentials for the plan's calls alone");
    }

    [Fact]
    public async Task Whoever_agreed_or_asked_for_the_undo_is_named_in_the_session()
    {
        await using var host = Host();
        await host.UsePolicyAsync(Approve);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.IncidentOf(await host.SendAsync(change));

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Id, "anna@example.com", null, false)));
        AssertOutcome("undone", await host.OperateAsync(new(OperatorVerb.Undo, asked.Id, "Björn B.", null, false)));

        var sessions = host.Fake.Entered.Distinct().ToArray();
        Assert.Equal(["claimed=anna@example.com", "claimed=Bj-rn-B."], sessions.Select(s => s.SourceIdentity));
        Assert.All(sessions, s => Assert.Equal(asked.Id, s.Name));
        Assert.Contains(
            (await host.IncidentAsync(asked.Id))!.Entries,
            e => e.What == "undoing by 1 call, with credentials for the plan's calls alone");
    }

    [Fact]
    public async Task Service_that_puts_back_by_itself_names_nobody()
    {
        await using var host = Host();
        await host.UsePolicyAsync(Approve);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.IncidentOf(await host.SendAsync(change));
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoNothing, 1);

        await host.OperateAsync(new(OperatorVerb.Approve, asked.Id, "anna", null, false));

        Assert.Null((await host.IncidentAsync(asked.Id))!.Change!.AgreedBy);
    }

    [Fact]
    public async Task Role_that_may_not_be_assumed_so_is_told_before_anything_began()
    {
        await using var host = Host();
        host.Fake.Refuses = _ => FakeAws.Error("sts:AssumeRole", "AccessDenied", 403);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.Equal((Reason.NotPermitted, 0, false), (incident.Reason, incident.Attempts, incident.IsChanged));
        Assert.Empty(host.Changes());
        Assert.Single(host.Fake.Entered);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Limit_that_is_too_narrow_is_told_as_such_once_and_not_tried_again()
    {
        await using var host = Host();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny, 5);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var ended = await host.SendAsync(change);
        await host.PassAsync(TimeSpan.FromHours(3));
        await host.SweepAsync();

        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.Equal(Reason.NotPermitted, incident.Reason);
        Assert.Contains("The session is limited to its plan", incident.Detail, StringComparison.Ordinal);
        Assert.Contains("SessionPolicies=off", incident.Detail, StringComparison.Ordinal);
        Assert.Single(host.Changes());
        Assert.Contains("SessionPolicies=off", Assert.Single(await host.NoticesAsync()).GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        1,
        "PackedPolicyTooLarge",
        ", with credentials for the plan's actions on any resource: a session policy for its resources alone is too long")]
    [InlineData(2, "PackedPolicyTooLargeException", ", with all that the role may do: a session policy for the plan is too long")]
    public async Task Policy_that_STS_finds_too_large_packed_gives_way_to_a_wider_one(int refused, string code, string words)
    {
        await using var host = Host();
        host.Fake.Refuses = session => host.Fake.Entered.Distinct().Count() <= refused && session.Policy is not null
            && host.Fake.Entered.Distinct().ToList().IndexOf(session) < refused
            ? FakeAws.Error("sts:AssumeRole", code, 400)
            : null;

        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);

        Assert.Contains((await host.IncidentOf(ended)).Entries, e => e.What == $"applying 1 call{words}");
    }

    [Fact]
    public void Policy_that_does_not_fit_leaves_its_resources_out_and_then_itself()
    {
        Assert.Equal([Reach.Plan, Reach.Actions, Reach.TooLong], Reaches(calls: 1, operation: "s3:PutPublicAccessBlock"));
        Assert.Equal([Reach.Actions, Reach.TooLong], Reaches(calls: 200, operation: "s3:PutPublicAccessBlock"));
    }

    [Fact]
    public async Task Deployment_that_does_not_limit_sessions_says_so()
    {
        await using var host = Host();
        host.Fake.Credentials = AccountCredentials.Role;

        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);

        Assert.All(host.Fake.Entered, s => Assert.Null(s.Policy));
        Assert.Contains(
            (await host.IncidentOf(ended)).Entries,
            e => e.What == "applying 1 call, with all that the role may do: SessionPolicies is off");
    }

    [Fact]
    public async Task Service_that_assumes_no_role_has_no_session_and_says_nothing_of_one()
    {
        await using var host = new InMemoryHost();

        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);

        Assert.Empty(host.Fake.Entered);
        Assert.Contains((await host.IncidentOf(ended)).Entries, e => e.What == "applying 1 call");
    }

    [Fact]
    public async Task Refusal_in_a_session_without_a_limit_is_the_roles_own()
    {
        await using var host = Host();
        host.Fake.Credentials = AccountCredentials.Role;
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny, 5);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var incident = await host.IncidentOf(await host.SendAsync(change));

        Assert.Equal(Reason.NotPermitted, incident.Reason);
        Assert.DoesNotContain("session", incident.Detail, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What is called in the session of a change, beside which all else goes with credentials that only read.</summary>
    [Theory]
    [InlineData("s3/bucket-public-access-block", "s3:DeletePublicAccessBlock s3:PutPublicAccessBlock")]
    [InlineData(
        "cloudformation/stack-drift",
        "cloudformation:CreateChangeSet cloudformation:DeleteChangeSet cloudformation:ExecuteChangeSet")]
    [InlineData("ec2/instance-type", "ssm:StartAutomationExecution")]
    public void Only_what_changes_something_is_called_in_the_session_of_a_change(string playbook, string operations) => Assert.Equal(
        operations,
        string.Join(' ', ChangeSession.Operations(
            new Remediator.Playbooks.PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks")).Load(playbook))
            .Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("a", "a-")]
    [InlineData("aws:root", "aws-root")]
    [InlineData("Zoë / on call", "Zo----on-call")]
    public void Name_is_written_as_CloudTrail_takes_it(string? name, string? identity) =>
        Assert.Equal(identity, ChangeSession.SourceIdentity(name));

    [Fact]
    public void Long_name_is_cut() => Assert.Equal(64, ChangeSession.SourceIdentity(new string('a', 200))!.Length);

    private static InMemoryHost Host()
    {
        var host = new InMemoryHost();
        host.Fake.Credentials = AccountCredentials.LimitedRole;
        return host;
    }

    private static IEnumerable<Reach> Reaches(int calls, string operation)
    {
        var incident = Some.Incident() with
        {
            State = IncidentState.Undoing,
            Change = new PlannedChange
            {
                Plan = new([]),
                Inputs = Json.EmptyObject,
                Playbook = "s3/bucket-public-access-block",
                PlaybookHash = "",
                UndoCalls = [.. Enumerable.Range(0, calls).Select(
                    i => new PlannedCall(operation, Json.Object([new("Bucket", Json.Text($"bucket-{i:0000}"))])))],
            },
        };
        var playbook = new Remediator.Playbooks.PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks"))
            .Load("s3/bucket-public-access-block");
        return ChangeSession.Policies(incident, playbook, AccountCredentials.LimitedRole).Select(p => p.Reach);
    }
}
