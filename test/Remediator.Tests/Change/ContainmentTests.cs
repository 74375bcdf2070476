using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>
/// A containment keeps harm away and does not satisfy the rule: it answers only where the policy names it, is made only after a yes, ends
/// as contained and not as fixed, and is taken back by an undo alone.
/// </summary>
public sealed class ContainmentTests : IDisposable
{
    private const string Name = "s3/closed";
    private const string Rule = "S3_BUCKET_MFA_DELETE_ENABLED";
    private const string Left = "Only the root user can turn it on.";

    private const string Guide = """
        rules: [S3_BUCKET_MFA_DELETE_ENABLED]
        resource: AWS::S3::Bucket
        evidence: {show: Versioning, as: now, call: "s3:GetBucketVersioning", with: {Bucket: "${resource.id}"}, take: Status}
        next: {do: "Sign in as root, and turn it on for ${resource.id}."}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("containment-").FullName;
    private readonly InMemoryHost host = new();

    public ContainmentTests()
    {
        var text = Playbook("brief");
        Directory.CreateDirectory(Path.Combine(folder, "s3"));
        File.WriteAllText(Path.Combine(folder, Name + ".yaml"), text);
        File.WriteAllText(Path.Combine(folder, "s3", $"help{PlaybookLibrary.GuideEnding}"), Guide);
        File.WriteAllText(
            Path.Combine(folder, PlaybookLibrary.IndexFile),
            PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, text)], [PlaybookReader.ReadGuide("s3/help", "help", Guide)]));
        host.UsePlaybooks(folder);
    }

    public void Dispose()
    {
        host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Where_the_policy_does_not_name_it_a_person_has_the_guide_and_nothing_else()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform}");

        AssertOutcome("escalated", await host.SendAsync(await ChangeAsync()));

        Assert.Equal("unsupported", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Person_is_asked_whatever_the_policy_lets_happen_unasked()
    {
        var asked = await host.SendAsync(await NamedAsync());

        AssertOutcome("awaiting-approval", asked);
        Assert.Contains($"does not satisfy the rule. {Left}", asked.Why, StringComparison.Ordinal);
        Assert.Empty(host.Changes());
        var mail = host.Fake.All.Last(c => c.Operation is "sns:Publish").Input.GetRawText();
        Assert.Contains("A containment waits for your approval", mail, StringComparison.Ordinal);
        Assert.Contains("Left afterwards:", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_yes_it_is_contained_and_not_fixed_and_people_are_told_what_is_left()
    {
        var contained = await ContainedAsync(await NamedAsync());

        Assert.Equal(IncidentState.Escalated, contained.State);
        Assert.True(contained.IsChanged);
        Assert.Equal(0, contained.Course!.Fixes);
        var notice = (await host.NoticesAsync())[^1];
        Assert.Equal(("contained", Left), (notice.TextOf("reason"), notice.TextOf("detail")));
        Assert.Equal("changed, and still in place", notice.TextOf("inPlace"));
        Assert.Equal("Sign in as root, and turn it on for bucket.", notice.Member("byHand")[0].TextOf("do"));
        Assert.Equal($"remediator undo {contained.Id}", notice.Member("commands").TextOf("undo"));
    }

    [Fact]
    public async Task Finding_that_comes_again_changes_nothing_and_calls_nobody_again()
    {
        var change = await NamedAsync();
        await ContainedAsync(change);
        var (notices, changes) = ((await host.NoticesAsync()).Count, host.Changes().Count());

        AssertOutcome("contained", await host.SendAsync(change.Later(10)));

        Assert.Equal((notices, changes), ((await host.NoticesAsync()).Count, host.Changes().Count()));
    }

    [Fact]
    public async Task Undo_takes_it_back_exactly()
    {
        var contained = await ContainedAsync(await NamedAsync());

        AssertOutcome("undone", await host.UndoAsync(contained.Id));

        Assert.Equal(["s3:PutPublicAccessBlock", "s3:DeletePublicAccessBlock"], host.Changes());
    }

    [Fact]
    public async Task When_the_rule_holds_it_stays_until_a_person_takes_it_back_and_the_last_notice_says_how()
    {
        var change = await NamedAsync();
        var contained = await ContainedAsync(change);
        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));

        Assert.Contains(
            $"What contained it is in place still: remediator undo {contained.Id} takes it back.",
            (await host.NoticesAsync())[^1].GetRawText(),
            StringComparison.Ordinal);
        Assert.Equal(["s3:PutPublicAccessBlock"], host.Changes());
        AssertOutcome("undone", await host.UndoAsync(contained.Id));
    }

    private static string Playbook(string impact) => $$"""
        summary: Closes the bucket.
        rules: [{{Rule}}]
        resource: AWS::S3::Bucket
        impact: {{impact}}
        containment: {{Left}}
        read:
          call: s3:GetPublicAccessBlock
          with: {Bucket: "${resource.id}"}
          take: PublicAccessBlockConfiguration
          absent-on: NoSuchPublicAccessBlockConfiguration
        want: {BlockPublicAcls: true}
        write:
          call: s3:PutPublicAccessBlock
          with: {Bucket: "${resource.id}", PublicAccessBlockConfiguration: "${target}"}
        clear:
          call: s3:DeletePublicAccessBlock
          with: {Bucket: "${resource.id}"}
        manual: Sign in as root.
        """;

    private async Task<ComplianceChange> NamedAsync()
    {
        await host.UsePolicyAsync($$"""
            defaults: {mode: auto, owner: platform, environment: test, rollout: 100%}
            auto-up-to: [none, brief, cost, restart, access, data, irreversible]
            rules: [{match: {rule: {{Rule}}}, playbook: {{Name}}}]
            """);
        return await ChangeAsync();
    }

    private async Task<Incident> ContainedAsync(ComplianceChange change)
    {
        var asked = await host.SendAsync(change);
        AssertOutcome("contained", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));
        return await host.IncidentOf(asked);
    }

    private async Task<ComplianceChange> ChangeAsync() =>
        Some.Change(await host.RuleAsync(Rule), await host.BucketAsync(), host.Now);
}
