using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Runbooks;

/// <summary>
/// A drifted resource is returned to its stack's template: only after approval, and only if the change set does nothing else.
/// </summary>
public sealed class ChangeSetTests
{
    private const string Everything = "defaults: {mode: auto, auto-up-to: [none, brief, cost, restart, access, data, irreversible]}";

    [Fact]
    public async Task Nothing_is_made_before_a_person_agreed_whatever_the_policy_says()
    {
        var (host, stack, asked) = await AskedAsync();

        AssertOutcome("awaiting-approval", asked);
        Assert.Equal((0, 0), (stack.Created, stack.Executed));
        var notice = Assert.Single(await host.NoticesAsync()).GetRawText();
        Assert.Contains("VersioningConfiguration", notice, StringComparison.Ordinal);
        Assert.Contains("only once a person agreed", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_set_that_does_the_one_thing_is_carried_out_once_and_proven()
    {
        var (host, stack, asked) = await AskedAsync();

        AssertOutcome("fixed", await ApproveAsync(host, asked));

        Assert.Equal((1, 1, 0, false), (stack.Created, stack.Executed, stack.Deleted, stack.IsDrifted));
        Assert.Equal(("REVERT_DRIFT", "UPDATE"), (stack.Input.TextOf("DeploymentMode"), stack.Input.TextOf("ChangeSetType")));
        AssertSame(Json.Parse("""[{"ParameterKey":"Env","UsePreviousValue":true}]"""), stack.Input.Member("Parameters"));
        AssertSame(Json.Parse("""["CAPABILITY_IAM"]"""), stack.Input.Member("Capabilities"));
        Assert.Contains((await host.IncidentOf(asked)).Entries, e => e.What == $"the change set of stack {DriftedStack.Id} carried out");
    }

    [Fact]
    public async Task Session_of_which_nobody_can_tell_what_it_needs_has_no_limit_and_the_history_says_so()
    {
        var (host, _, asked) = await AskedAsync();
        host.Fake.Credentials = AccountCredentials.LimitedRole;

        AssertOutcome("fixed", await ApproveAsync(host, asked));

        Assert.All(host.Fake.Entered, s => Assert.Null(s.Policy));
        Assert.Contains(
            (await host.IncidentOf(asked)).Entries,
            e => e.What.EndsWith(
                ", with all that the role may do: what the plan's calls need cannot be told from them", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"ResourceChange":{"Action":"Add","LogicalResourceId":"Topic"}}""", "Add Topic")]
    [InlineData("""{"ResourceChange":{"Action":"SyncWithActual","LogicalResourceId":"Topic"}}""", "SyncWithActual Topic")]
    public async Task Change_set_that_does_more_is_deleted_and_a_person_told_what_it_would_do(string further, string said)
    {
        var (host, stack, asked) = await AskedAsync();
        stack.Further.Add(further);

        await AssertDroppedAsync(host, stack, asked, said);
    }

    [Theory]
    [InlineData("\"Replacement\":\"False\"", "\"Replacement\":\"Conditional\"", "with replacement")]
    [InlineData("\"Action\":\"Modify\"", "\"Action\":\"Remove\"", "Remove Downloads")]
    [InlineData("\"LogicalResourceId\":\"Downloads\"", "\"LogicalResourceId\":\"Uploads\"", "Uploads")]
    [InlineData("\"Name\":\"VersioningConfiguration\"", "\"Name\":\"BucketEncryption\"", "BucketEncryption")]
    public async Task Change_set_that_does_something_else_is_deleted(string usual, string other, string said)
    {
        var (host, stack, asked) = await AskedAsync();
        stack.Change = stack.Change.Replace(usual, other, StringComparison.Ordinal);

        await AssertDroppedAsync(host, stack, asked, said);
    }

    [Fact]
    public async Task Change_set_that_cannot_be_created_is_deleted_and_reported()
    {
        var (host, stack, asked) = await AskedAsync();
        stack.Made = "FAILED";

        AssertOutcome("escalated", await ApproveAsync(host, asked));

        Assert.Equal((1, 0, 1), (stack.Created, stack.Executed, stack.Deleted));
        Assert.Contains("because", (await host.IncidentOf(asked)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_set_that_fails_is_reported()
    {
        var (host, stack, asked) = await AskedAsync();
        stack.Ends = "EXECUTE_FAILED";

        AssertOutcome("escalated", await ApproveAsync(host, asked));

        Assert.Contains("EXECUTE_FAILED", (await host.IncidentOf(asked)).Detail, StringComparison.Ordinal);
        Assert.True(stack.IsDrifted);
    }

    [Fact]
    public async Task Slow_change_set_is_gone_on_with_by_the_sweep()
    {
        var (host, stack, asked) = await AskedAsync();
        stack.Looks = 33;

        AssertOutcome("pending", await ApproveAsync(host, asked));
        for (var pass = 0; pass < 80 && (await host.IncidentOf(asked)).State is not IncidentState.Fixed; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((IncidentState.Fixed, 1, 1), ((await host.IncidentOf(asked)).State, stack.Created, stack.Executed));
    }

    [Fact]
    public async Task Change_set_that_CloudFormation_forgets_once_it_is_carried_out_is_proven_by_what_the_stack_holds()
    {
        var (host, stack, asked) = await AskedAsync();
        stack.IsForgotten = true;

        AssertOutcome("fixed", await ApproveAsync(host, asked));

        Assert.Equal((1, 1, 0), (stack.Created, stack.Executed, stack.Deleted));
    }

    [Fact]
    public async Task Wherever_the_process_ends_it_is_made_and_carried_out_once()
    {
        for (var at = 1; at < 60; at++)
        {
            var (host, stack, asked) = await AskedAsync();
            stack.IsForgotten = at % 2 == 0;
            host.Fake.Crash.Arrange(at, isAfter: true);
            try
            {
                await ApproveAsync(host, asked);
            }
            catch (KilledException)
            {
                // The kill is the purpose of the test.
            }

            var isOver = !host.Fake.Crash.IsDead;
            host.Fake.Crash.Restart();
            host.Restart();
            await host.PassAsync(TimeSpan.FromMinutes(6));
            await ApproveAsync(host, asked);
            for (var pass = 0; pass < 6; pass++)
            {
                await host.SweepAfterAsync(TimeSpan.FromMinutes(30));
            }

            var incident = await host.IncidentOf(asked);
            Assert.True(
                (IncidentState.Fixed, 1, 1) == (incident.State, stack.Created, stack.Executed),
                $"{host.Fake.Crash.Where}: {incident.State} {incident.Detail}, made {stack.Created}, carried out {stack.Executed}");
            if (isOver)
            {
                Assert.True(at > 8, $"only {at} points");
                return;
            }
        }
    }

    [Fact]
    public async Task Undo_says_that_the_change_cannot_be_undone()
    {
        var (host, _, asked) = await AskedAsync();
        await ApproveAsync(host, asked);

        var ended = await host.UndoAsync(asked.Incident);

        AssertOutcome("escalated", ended);
        Assert.Contains("not taken back", (await host.IncidentOf(asked)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_stack_owns_is_handed_back_to_its_template_where_the_policy_says_so()
    {
        await using var host = new InMemoryHost();
        var stack = new DriftedStack();
        stack.Teach(host.Fake);
        await host.UsePolicyAsync("defaults: {mode: auto, owned: revert-stack}");
        var change = await OwnedAsync(host);

        var asked = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", asked);
        var incident = await host.IncidentOf(asked);
        Assert.Equal((Reason.OwnedByStack, "cloudformation/stack-drift"), (incident.Reason!.Value, incident.Playbook));
        Assert.Empty(host.Changes());
        AssertOutcome("fixed", await ApproveAsync(host, asked));
        Assert.Equal(1, stack.Executed);
        Assert.DoesNotContain("s3:PutPublicAccessBlock", host.Calls);
    }

    [Fact]
    public async Task What_the_template_itself_has_wrong_is_said_so()
    {
        await using var host = new InMemoryHost();
        new DriftedStack().Teach(host.Fake);
        host.Fake.On(
            "cloudformation:DetectStackResourceDrift",
            """{"StackResourceDrift":{"LogicalResourceId":"Downloads","StackResourceDriftStatus":"IN_SYNC"}}"""
        );
        await host.UsePolicyAsync("defaults: {mode: auto, owned: revert-stack}");

        var asked = await host.SendAsync(await OwnedAsync(host));

        AssertOutcome("awaiting-approval", asked);
        var incident = await host.IncidentOf(asked);
        Assert.Equal("s3/bucket-public-access-block", incident.Playbook);
        Assert.Contains("its template says what is there", incident.Detail, StringComparison.Ordinal);
    }

    private static async Task<ComplianceChange> OwnedAsync(InMemoryHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        await host.CallAsync(
            "s3:PutBucketTagging",
            $$$"""
            {"Bucket":"{{{bucket.Id}}}","Tagging":{"TagSet":[{"Key":"aws:cloudformation:stack-name","Value":"web"},
             {"Key":"aws:cloudformation:stack-id","Value":"{{{DriftedStack.Id}}}"},{"Key":"aws:cloudformation:logical-id",
              "Value":"Downloads"}]}}
            """
        );
        return change;
    }

    private static async Task<(InMemoryHost Host, DriftedStack Stack, Ended Asked)> AskedAsync()
    {
        var (host, stack) = (new InMemoryHost(), new DriftedStack());
        stack.Teach(host.Fake);
        await host.UsePolicyAsync(Everything);
        return (host, stack, await host.SendAsync(await DriftedStack.EventAsync(host)));
    }

    private static Task<Ended> ApproveAsync(InMemoryHost host, Ended asked) =>
        host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, Force: false));

    private static async Task AssertDroppedAsync(InMemoryHost host, DriftedStack stack, Ended asked, string said)
    {
        AssertOutcome("escalated", await ApproveAsync(host, asked));

        Assert.Equal((1, 0, 1, true), (stack.Created, stack.Executed, stack.Deleted, stack.IsDrifted));
        Assert.Contains(said, (await host.IncidentOf(asked)).Detail, StringComparison.Ordinal);
    }
}
