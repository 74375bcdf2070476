using System.Collections.Immutable;
using Moq;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>Other owners of a resource's settings: mentioned with every change, and asked about if the policy says so.</summary>
public sealed class OwnershipTests
{
    private const string Tags = "resourcegroupstaggingapi:GetResources";

    [Fact]
    public async Task Stack_is_named_with_the_fix_of_a_resource_that_it_owns()
    {
        await using var host = new InMemoryHost();
        var change = await OwnedAsync(host);

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        var owner = (await host.IncidentOf(ended)).Change!.Owner!;
        Assert.Equal(new(ResourceOwner.Stack, "web") { LogicalId = "Downloads" }, owner);
        Assert.Equal("CloudFormation stack web owns it, as Downloads: its next deployment may undo the change.", owner.Says);
        Assert.Single(host.Calls, c => c == Tags);
    }

    [Fact]
    public async Task Person_is_asked_first_where_the_policy_says_so()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, owned: ask}");
        var change = await OwnedAsync(host);

        var asked = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", asked);
        Assert.Equal(Reason.OwnedByStack, (await host.IncidentOf(asked)).Reason);
        Assert.Empty(host.Changes());
        Assert.Contains("stack web", Assert.Single(await host.NoticesAsync()).GetRawText(), StringComparison.Ordinal);

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, Force: false)));
        AssertSame(Blocked, await host.BlockAsync(change.Resource));
    }

    [Fact]
    public async Task Tags_that_the_policy_looked_at_are_not_read_again()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            "{defaults: {mode: observe}, rules: [{match: {tag: {'aws:cloudformation:logical-id': Downloads}}, mode: auto}]}");

        var ended = await host.SendAsync(await OwnedAsync(host));

        AssertOutcome("fixed", ended);
        Assert.Equal("web", (await host.IncidentOf(ended)).Change!.Owner!.Name);
        Assert.Single(host.Calls, c => c == Tags);
    }

    [Fact]
    public async Task Nobody_is_asked_about_what_nobody_owns()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, owned: ask}");

        AssertOutcome("fixed", await host.SendAsync((await host.OpenBucketAsync()).Event));
    }

    [Theory]
    [InlineData(FaultKind.Deny)]
    [InlineData(FaultKind.Throttle)]
    internal async Task Owner_that_cannot_be_read_keeps_no_fix_that_would_not_ask_about_it(FaultKind fault)
    {
        await using var host = new InMemoryHost();
        var change = await OwnedAsync(host);
        host.Faults.Inject(Tags, fault);

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        Assert.Null((await host.IncidentOf(ended)).Change!.Owner);
    }

    [Fact]
    public async Task Owner_that_cannot_be_read_changes_nothing_where_the_policy_asks()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, owned: ask}");
        var change = await OwnedAsync(host);
        host.Faults.Inject(Tags, FaultKind.Deny);

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        Assert.Equal(Reason.NotPermitted, (await host.IncidentOf(ended)).Reason);
        Assert.Empty(host.Changes());
    }

    /// <summary>What was read for the plan is newer than what the policy looked at.</summary>
    [Theory]
    [InlineData(true, "read")]
    [InlineData(false, "looked-at")]
    public async Task Tags_that_the_plan_was_made_with_tell_the_owner_before_those_of_the_policy(bool areRead, string stack)
    {
        var planning = new Planning.Ready(OneSetting.Wants, Scope.Empty, new([]), []) { Tags = areRead ? Owned("read") : null };
        var order = new ChangeOrder
        {
            Aims = [Aim.Wanted],
            Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
            Parameters = Json.EmptyObject,
            Tags = Owned("looked-at"),
        };

        var owned = await new Ownership(Mock.Of<ITags>(MockBehavior.Strict)).FindAsync(
            Some.Incident(), order, planning, CancellationToken.None);

        Assert.Equal(stack, Assert.IsType<Planning.Ready>(owned).Owner!.Name);
    }

    private static ImmutableDictionary<string, string> Owned(string stack) =>
        ImmutableDictionary<string, string>.Empty.Add("aws:cloudformation:stack-name", stack);

    [Fact]
    public async Task Observe_records_that_a_person_would_be_asked()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: observe, owned: ask}");

        var seen = await host.SendAsync(await OwnedAsync(host));

        AssertOutcome("observed", seen);
        Assert.Equal(Reason.OwnedByStack, (await host.IncidentOf(seen)).Reason);
        Assert.Empty(await host.NoticesAsync());
    }

    private static async Task<ComplianceChange> OwnedAsync(InMemoryHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        await host.CallAsync("s3:PutBucketTagging", $$$"""
            {"Bucket":"{{{bucket.Id}}}","Tagging":{"TagSet":[
             {"Key":"aws:cloudformation:stack-name","Value":"web"},{"Key":"aws:cloudformation:logical-id","Value":"Downloads"}]}}
            """);
        return change;
    }
}
