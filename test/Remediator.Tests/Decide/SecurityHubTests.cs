using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Authoring.Permissions;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>Security Hub's word on a finding, and what it is told: only where the policy says so.</summary>
public sealed class SecurityHubTests : IAsyncDisposable
{
    private const string On = "defaults: {mode: auto, security-hub: true}";

    private readonly InMemoryHost host = new();
    private readonly List<JsonElement> asked = [];
    private readonly List<JsonElement> notes = [];

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Suppressed_finding_is_left_alone_and_leaves_no_incident()
    {
        var change = await FoundAsync(On, Finding("SUPPRESSED"));

        var ended = await host.SendAsync(change);

        Assert.Equal(("skipped", "suppressed in Security Hub: finding/1"), (ended.Outcome, ended.Why));
        Assert.Empty(host.Changes());
        Assert.Null(await host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct));
        Assert.Empty(notes);
    }

    [Fact]
    public async Task Finding_of_a_fix_gets_a_note_without_values_and_of_an_undo_another()
    {
        var change = await FoundAsync(On, Finding("NEW"));

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        var note = Assert.Single(notes);
        Assert.Equal("Remediator", note.Member("Note").TextOf("UpdatedBy"));
        Assert.Equal(
            "Remediator changed IgnorePublicAcls, RestrictPublicBuckets with s3/bucket-public-access-block and read it back as right "
            + $"(incident {ended.Incident}). To undo: remediator undo {ended.Incident}.",
            note.Member("Note").TextOf("Text"));
        Assert.Equal(("finding/1", "product/1"), IdentifierOf(note));
        Assert.Contains((await host.IncidentOf(ended)).Entries, e => e.What is "Security Hub's finding has a note of it");

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        Assert.StartsWith("Remediator put back what it had changed", notes[^1].Member("Note").TextOf("Text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:config:us-east-1:123456789012:config-rule/config-rule-000001", "aws/config/ConfigRuleArn")]
    [InlineData(
        "arn:aws:config:us-east-1:123456789012:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-abcdef",
        "RelatedAWSResources:0/name")]
    public async Task Finding_is_asked_for_by_the_rule_that_made_it(string arn, string key)
    {
        var bucket = await host.BucketAsync();
        Hub(Finding("NEW", $"arn:aws:s3:::{bucket.Id}"));

        var found = await new AwsFindings(host.Fake).FindAsync(bucket, host.Region, new("securityhub-s3-1-abc", arn), host.Ct);

        Assert.Single(found);
        var filters = Assert.Single(asked).Member("Filters");
        Assert.Equal(key, filters.Member("ProductFields")[0].TextOf("Key"));
        Assert.Equal(key[0] is 'a' ? arn : "securityhub-s3-1-abc", filters.Member("ProductFields")[0].TextOf("Value"));
        Assert.Equal(host.Account, filters.Member("AwsAccountId")[0].TextOf("Value"));
        Assert.Equal("ACTIVE", filters.Member("RecordState")[0].TextOf("Value"));
        Assert.Equal(
            [$"EQUALS arn:aws:s3:::{bucket.Id}", $"EQUALS {bucket.Id}", $"EQUALS AWS::::Account:{bucket.Id}"],
            filters.Member("ResourceId").EnumerateArray().Select(f => $"{f.TextOf("Comparison")} {f.TextOf("Value")}"));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/team/kim", 1)]
    [InlineData("arn:aws:iam::123456789012:user/team/kimberly", 0)]
    public async Task Resource_that_Config_has_not_recorded_is_found_by_the_end_of_its_name(string named, int found)
    {
        Hub(Finding("NEW", named));
        host.Fake.On("config:BatchGetResourceConfig", """{"baseConfigurationItems":[]}""");

        var findings = await new AwsFindings(host.Fake).FindAsync(User("kim"), host.Region, Some.Rule(), host.Ct);

        Assert.Equal(found, findings.Count);
        Assert.False(Assert.Single(asked).Member("Filters").TryGetProperty("ResourceId", out _));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/team/kim", 1)]
    [InlineData("arn:aws:iam::123456789012:user/AIDAJZ5NEXAMPLE", 0)]
    public async Task Resource_whose_ARN_does_not_follow_from_its_id_is_found_by_the_ARN_that_Config_has(string named, int found)
    {
        Hub(Finding("NEW", named));
        host.Fake.On("config:BatchGetResourceConfig", """{"baseConfigurationItems":[{"arn":"arn:aws:iam::123456789012:user/team/kim"}]}""");

        var findings = await new AwsFindings(host.Fake).FindAsync(User("AIDAJZ5NEXAMPLE"), host.Region, Some.Rule(), host.Ct);

        Assert.Equal(found, findings.Count);
        var names = Assert.Single(asked).Member("Filters").Member("ResourceId").EnumerateArray().Select(f => f.TextOf("Value"));
        Assert.Contains("arn:aws:iam::123456789012:user/team/kim", names);
    }

    [Fact]
    public async Task Bucket_costs_no_question_for_its_ARN()
    {
        var change = await FoundAsync(On, Finding("NEW"));

        AssertOutcome("fixed", await host.SendAsync(change));

        Assert.DoesNotContain("config:BatchGetResourceConfig", host.Calls);
    }

    [Fact]
    public async Task Finding_of_another_resource_says_nothing_about_this_one()
    {
        var change = await FoundAsync(On, Finding("SUPPRESSED", "arn:aws:s3:::another"));

        AssertOutcome("fixed", await host.SendAsync(change));
        Assert.Empty(notes);
    }

    [Fact]
    public async Task What_somebody_else_wrote_stays_behind_the_note()
    {
        var change = await FoundAsync(On, Finding("NEW", note: ("kim", "ask me")));

        await host.SendAsync(change);

        Assert.EndsWith(" | Before that kim wrote: ask me", notes[0].Member("Note").TextOf("Text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("InternalException")]
    public async Task Note_that_cannot_be_written_fails_no_fix_and_is_told_once(string code)
    {
        var change = await FoundAsync(On, Finding("NEW"));
        host.Fake.On("securityhub:BatchUpdateFindings", _ => throw FakeAws.Error("securityhub:BatchUpdateFindings", code, 400));

        var first = await host.SendAsync(change);
        AssertOutcome("fixed", first);
        AssertOutcome("undone", await host.UndoAsync(first.Incident));
        Assert.Equal(2, host.Calls.Count(c => c is "securityhub:BatchUpdateFindings"));
        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "finding_notes_fail");
        Assert.Contains(
            (await host.IncidentOf(first)).Entries,
            e => e.What.StartsWith("no note on Security Hub's finding: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Findings_that_may_not_be_read_are_no_answer_and_a_person_is_called()
    {
        var change = await FoundAsync(On, Finding("NEW"));
        host.Fake.On("securityhub:GetFindings", _ => throw FakeAws.Error("securityhub:GetFindings", "AccessDeniedException", 403));

        AssertOutcome("escalated", await host.SendAsync(change));
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Account_that_may_not_ask_is_no_Security_Hub_that_is_off()
    {
        var change = await FoundAsync(On, Finding("NEW"));
        host.Fake.On("securityhub:GetFindings", _ => throw FakeAws.Error("securityhub:GetFindings", "InvalidAccessException", 401));

        AssertOutcome("escalated", await host.SendAsync(change));
        Assert.Empty(host.Changes());
    }

    [Theory]
    [InlineData("ConcurrentUpdateError", 1, true)]
    [InlineData("ConcurrentUpdateError", 2, false)]
    [InlineData("FindingNotFound", 1, false)]
    public async Task Finding_that_Security_Hub_was_updating_itself_is_tried_once_more(string code, int times, bool isNoted)
    {
        var change = await FoundAsync(On, Finding("NEW"));
        var refusals = 0;
        host.Fake.On("securityhub:BatchUpdateFindings", _ => refusals++ < times
            ? Json.Parse($$"""{"ProcessedFindings":[],"UnprocessedFindings":[{"ErrorCode":"{{code}}","ErrorMessage":"why"}]}""")
            : Json.Parse("""{"ProcessedFindings":[],"UnprocessedFindings":[]}"""));

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        Assert.Equal(isNoted, (await host.IncidentOf(ended)).Entries.Any(e => e.What is "Security Hub's finding has a note of it"));
    }

    [Fact]
    public async Task Where_Security_Hub_is_off_the_fix_is_made_without_a_note()
    {
        var change = await FoundAsync(On, Finding("NEW"));
        host.Fake.On("securityhub:GetFindings", _ => throw new AwsException(
            "securityhub:GetFindings", "InvalidAccessException", 401, "", "Account 123456789012 is not subscribed to AWS Security Hub"));

        AssertOutcome("fixed", await host.SendAsync(change));
        Assert.Empty(notes);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Unless_the_policy_says_so_Security_Hub_is_never_asked()
    {
        var change = await FoundAsync("defaults: {mode: auto}", Finding("SUPPRESSED"));

        AssertOutcome("fixed", await host.SendAsync(change));
        Assert.DoesNotContain(host.Calls, c => c.StartsWith("securityhub:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("defaults: {mode: auto}", false)]
    [InlineData("{defaults: {mode: auto}, rules: [{match: {account: '123456789012'}, security-hub: true}]}", true)]
    public void Permission_is_needed_only_where_the_policy_says_so(string policy, bool needed)
    {
        var reach = new PolicyReach(Remediator.Decide.PolicyReader.Read("policy.yaml", policy));

        var actions = PlaybookPermissions.Of(Array.Empty<Playbook>(), reach).Select(p => p.Action).ToList();

        Assert.Equal(needed, actions.Contains("securityhub:BatchUpdateFindings"));
        Assert.Equal(needed, actions.Contains("securityhub:GetFindings"));
        Assert.Equal(needed, actions.Contains("config:BatchGetResourceConfig"));
    }

    private ResourceKey User(string id) => new(host.Account, host.Region, "AWS::IAM::User", id);

    private async Task<ComplianceChange> FoundAsync(string policy, string finding)
    {
        await host.UsePolicyAsync(policy);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        Hub(finding.Replace("THE-BUCKET", change.Resource.Id, StringComparison.Ordinal));
        return change;
    }

    private void Hub(string finding)
    {
        host.Fake.On("securityhub:GetFindings", input =>
        {
            asked.Add(input);
            return Json.Object([new("Findings", Json.List([Json.Parse(finding)]))]);
        });
        host.Fake.On("securityhub:BatchUpdateFindings", input =>
        {
            notes.Add(input);
            return Json.Parse("""{"ProcessedFindings":[],"UnprocessedFindings":[]}""");
        });
    }

    private static string Finding(string status, string resource = "arn:aws:s3:::THE-BUCKET", (string By, string Text)? note = null)
    {
        var finding = new JsonObject
        {
            ["Id"] = "finding/1",
            ["ProductArn"] = "product/1",
            ["Workflow"] = new JsonObject { ["Status"] = status },
            ["Resources"] = new JsonArray(new JsonObject { ["Type"] = "AwsS3Bucket", ["Id"] = resource }),
        };
        if (note is { } given)
        {
            finding["Note"] = new JsonObject { ["Text"] = given.Text, ["UpdatedBy"] = given.By };
        }

        return finding.ToJsonString();
    }

    private static (string?, string?) IdentifierOf(JsonElement note) =>
        (note.Member("FindingIdentifiers")[0].TextOf("Id"), note.Member("FindingIdentifiers")[0].TextOf("ProductArn"));
}
