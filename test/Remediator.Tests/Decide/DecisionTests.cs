using System.Text.RegularExpressions;
using Remediator.Authoring.Checks;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>What the policy permits, on the whole path of an event.</summary>
public sealed class DecisionTests
{
    private const string Block = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

    [Fact]
    public async Task An_identifier_matches_no_custom_rule_that_somebody_gave_its_name()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("""
            defaults: {mode: observe}
            rules: [{match: {rule: S3_BUCKET_*}, mode: auto, playbook: s3/bucket-public-access-block}]
            """);
        var (_, _, change) = await host.OpenBucketAsync();
        var fake = await CustomRuleAsync(host, "S3_BUCKET_FAKE");

        var ended = await host.SendAsync(change with { Rule = fake });

        AssertOutcome("observed", ended);
        Assert.StartsWith("unsupported: ", ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task A_custom_rule_is_matched_by_its_name()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("""
            defaults: {mode: observe}
            rules: [{match: {rule-name: our-*}, mode: auto, playbook: s3/bucket-public-access-block}]
            """);
        var (bucket, _, change) = await host.OpenBucketAsync();

        AssertOutcome("fixed", await host.SendAsync(change with { Rule = await CustomRuleAsync(host, "our-buckets") }));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task A_playbook_without_rules_answers_the_custom_rule_that_the_policy_names_it_for()
    {
        await using var host = new InMemoryHost();
        var folder = Directory.CreateTempSubdirectory();
        var shipped = await File.ReadAllTextAsync(Repository.At("playbooks", "s3", "bucket-public-access-block.yaml"));
        var file = Path.Combine(folder.CreateSubdirectory("s3").FullName, "ours.yaml");
        await File.WriteAllTextAsync(file, Regex.Replace(shipped, "rules: *\\[[^\\]]*\\]", "rules: []"));
        host.UsePlaybooks(folder.FullName);
        await host.UsePolicyAsync("""
            defaults: {mode: auto}
            rules: [{match: {rule-name: our-buckets}, playbook: s3/ours}]
            """);
        var (bucket, _, change) = await host.OpenBucketAsync();

        AssertOutcome("fixed", await host.SendAsync(change with { Rule = await CustomRuleAsync(host, "our-buckets") }));
        AssertOutcome("escalated", await host.SendAsync(change with { RecordedAt = change.RecordedAt.AddMinutes(1) }));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.DoesNotContain(
            Linter.Run(folder.FullName, Repository.At("policy.yaml"), [file], TimeProvider.System), p => !p.IsWarning);
    }

    [Fact]
    public async Task A_chosen_playbook_is_used_for_its_own_types_only()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            "{defaults: {mode: observe}, rules: [{match: {rule-name: our-*}, mode: auto, owner: shop, playbook: "
            + "s3/bucket-public-access-block}]}"
        );
        var (bucket, _, change) = await host.OpenBucketAsync();
        var rule = await CustomRuleAsync(host, "our-groups");

        var ended = await host.SendAsync(change with { Rule = rule, Resource = change.Resource with { Type = "AWS::EC2::SecurityGroup" } });

        AssertOutcome("escalated", ended);
        Assert.True((await host.BlockAsync(bucket)).IsNull());
        Assert.Equal("shop", (await host.IncidentOf(ended)).Terms.Owner);
    }

    [Fact]
    public async Task An_impact_above_the_limit_asks_and_says_what_it_is()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, auto-up-to: none}");
        var (_, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", ended);
        Assert.Equal(
            "approval-needed: The change closes access that was open, or cuts connections for a moment (impact brief). The policy "
            + "lets only none happen unasked.",
            ended.Why);
        Assert.Empty(host.Changes());
        AssertOutcome(
            "fixed",
            await host.OperateAsync(new(Remediator.Operate.OperatorVerb.Approve, ended.Incident!, "alice", null, false)));
    }

    [Fact]
    public async Task An_entry_may_allow_more_than_the_rest_of_the_policy()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto, auto-up-to: none}}, rules: [{{match: {{rule: {Block}}}, auto-up-to: [none, brief]}}]}}");
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome("fixed", await host.SendAsync(change));
    }

    [Theory]
    [InlineData("None", "Auto")]
    [InlineData("Brief", "Auto")]
    [InlineData("Cost", "Auto")]
    [InlineData("Restart", "Approve")]
    [InlineData("Access", "Approve")]
    [InlineData("Data", "Approve")]
    [InlineData("Irreversible", "Approve")]
    public void Impacts_that_auto_may_have_by_default(string impact, string mode)
    {
        var playbook = new PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks"))
            .Load("s3/bucket-versioning") with
        { Impact = Enum.Parse<Impact>(impact) };
        var act = new Decision.Act(playbook, Order) { Policy = Policy.Default.Defaults with { Mode = Mode.Auto }, RuleIdentifier = "C" };

        Assert.Equal(mode, act.Mode.ToString());
        Assert.Equal(mode is "Approve", act.AsksFor(playbook) is not null);
    }

    [Fact]
    public void What_a_person_is_asked_for_is_said_in_a_sentence()
    {
        var playbook = new PlaybookLibrary(Repository.At("playbooks")).Load("s3/bucket-versioning");
        string? Asked(Mode mode, Impact impact, string? containment = null) =>
            new Decision.Act(playbook, Order) { Policy = Policy.Default.Defaults with { Mode = mode }, RuleIdentifier = "C" }
                .AsksFor(playbook with { Impact = impact, Containment = containment });

        Assert.Equal("The policy asks a person first.", Asked(Mode.Approve, Impact.None));
        Assert.Equal(
            "The change interrupts the resource (impact restart). The policy lets only none, brief, cost happen unasked.",
            Asked(Mode.Auto, Impact.Restart));
        Assert.Equal(
            "It contains the harm and does not satisfy the rule. Delete the key.", Asked(Mode.Auto, Impact.None, "Delete the key."));
        Assert.Null(Asked(Mode.Auto, Impact.None));
    }

    [Fact]
    public void Terms_of_an_incident_are_what_the_policy_says()
    {
        var said = PolicyReader.Read("policy.yaml", """
            accounts: {'123456789012': {name: shop-prod}}
            defaults: {owner: shop, environment: test, severity: error, confirm-within: 2h, security-hub: true}
            """).For(new(Remediator.Testing.Some.Bucket(), "a-rule", "C"));

        var (terms, bare) = (
            new Decision.Skip("why") { Policy = said, RuleIdentifier = "C" }.Terms,
            new Decision.Skip("why") { Policy = new(Remediator.Decide.Match.All), RuleIdentifier = "C" }.Terms);

        Assert.Equal(
            (Mode.Observe, "C", "shop", "test", "shop-prod", Severity.Error, TimeSpan.FromHours(2), true),
            (
                terms.Mode!.Value, terms.RuleIdentifier, terms.Owner, terms.Environment, terms.AccountName, terms.Severity,
                terms.ConfirmWithin!.Value, terms.NotesFindings));
        Assert.Equal(("", "", Mode.Observe, false), (bare.Owner, bare.Environment, bare.Mode!.Value, bare.NotesFindings));
    }

    [Theory]
    [InlineData("", "EARLIER")]
    [InlineData("NOW", "NOW")]
    public void Refusal_keeps_what_was_known_of_the_incident_before(string identifier, string kept)
    {
        var refuse = new Decision.Refuse(Reason.Failed, "why") { Policy = Policy.Default.Defaults, RuleIdentifier = identifier };
        var earlier = new Terms { RuleIdentifier = "EARLIER", Playbook = "s3/a", RevertWindow = TimeSpan.FromDays(2), Owner = "before" };

        var terms = refuse.TermsOver(earlier);

        Assert.Equal(
            (kept, "s3/a", TimeSpan.FromDays(2), ""), (terms.RuleIdentifier, terms.Playbook, terms.RevertWindow!.Value, terms.Owner));
    }

    [Fact]
    public async Task Observe_says_that_a_person_would_be_asked_and_why()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: observe}, auto-up-to: none}");
        var (_, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("observed", ended);
        var incident = await host.IncidentOf(ended);
        Assert.Equal(Reason.ApprovalNeeded, incident.Reason);
        Assert.Contains("(impact brief)", incident.Detail, StringComparison.Ordinal);
        Assert.NotNull(incident.Plan);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Observe_shows_the_guard_that_would_stop_auto()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: observe}");
        var (_, _, change) = await host.OpenBucketAsync();
        host.Fake.On("s3:GetBucketWebsite", """{"IndexDocument":{"Suffix":"index.html"}}""");

        var ended = await host.SendAsync(change);

        AssertOutcome("observed", ended);
        Assert.Equal(Reason.Guarded, (await host.IncidentOf(ended)).Reason);
        Assert.StartsWith("guarded: ", ended.Why, StringComparison.Ordinal);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Observe_calls_nobody_for_a_parameter_that_is_missing()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: observe}");
        var (_, _, change) = await host.OpenBucketAsync();
        var rule = await host.RuleAsync("S3_BUCKET_LOGGING_ENABLED");

        var ended = await host.SendAsync(change with { Rule = rule });

        AssertOutcome("observed", ended);
        Assert.Equal(Reason.NotConfigured, (await host.IncidentOf(ended)).Reason);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Observe_records_a_rule_without_playbook_and_auto_notifies_the_owner()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: observe, owner: shop}");
        var (_, _, change) = await host.OpenBucketAsync();
        var rule = await host.RuleAsync("ACCESS_KEYS_ROTATED");
        var ended = await host.SendAsync(change with { Rule = rule });
        AssertOutcome("observed", ended);
        var observed = await host.IncidentOf(ended);
        Assert.Equal(
            (IncidentState.Observed, Reason.Unsupported, "ACCESS_KEYS_ROTATED"),
            (observed.State, observed.Reason!.Value, observed.Terms.RuleIdentifier));
        Assert.Empty(await host.NoticesAsync());

        await host.UsePolicyAsync("defaults: {mode: auto, owner: shop, environment: test, severity: error}");
        await host.PassAsync(TimeSpan.FromDays(2));
        await host.SweepAsync();

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal("unsupported", notice.TextOf("reason"));
        var escalated = await host.IncidentOf(ended);
        Assert.Equal(("shop", Severity.Error), (escalated.Terms.Owner, escalated.Terms.Severity));
    }

    [Fact]
    public async Task A_freeze_keeps_owner_environment_severity_and_rule()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto, owner: shop, environment: prod, severity: critical}}, freezes: [{{from: 2026-01-01, until: "
            + $"'{host.Now.AddHours(2):O}', reason: a}}]}}"
        );
        var (_, _, change) = await host.OpenBucketAsync();

        var incident = await host.IncidentOf(await host.SendAsync(change));

        Assert.Equal(
            (Reason.Frozen, "shop", "prod", Severity.Critical, Block),
            (
                incident.Reason!.Value,
                incident.Terms.Owner,
                incident.Terms.Environment,
                incident.Terms.Severity,
                incident.Terms.RuleIdentifier));
    }

    [Fact]
    public async Task Tags_are_not_read_where_no_line_about_this_resource_asks_for_them()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            "{defaults: {mode: auto}, rules: [{match: {resource-type: 'AWS::RDS::*', tag: {Stage: dev}}, mode: observe}]}");
        var (_, _, change) = await host.OpenBucketAsync(Blocked);

        AssertOutcome("already-right", await host.SendAsync(change));

        Assert.DoesNotContain("resourcegroupstaggingapi:GetResources", host.Calls);
    }

    [Fact]
    public async Task Unreadable_tags_call_nobody_where_every_line_only_observes()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: observe}, rules: [{match: {tag: {Stage: dev}}, owner: shop}]}");
        host.Faults.Inject("resourcegroupstaggingapi:GetResources", FaultKind.Deny);
        var (_, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("observed", ended);
        Assert.Equal(Reason.NotPermitted, (await host.IncidentOf(ended)).Reason);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Unreadable_tags_call_a_person_where_some_line_would_have_changed_something()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: observe}, rules: [{match: {tag: {Stage: dev}}, mode: auto}]}");
        host.Faults.Inject("resourcegroupstaggingapi:GetResources", FaultKind.Deny);
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome("escalated", await host.SendAsync(change));

        Assert.Empty(host.Changes());
    }

    [Theory]
    [InlineData(
        "AWS::RDS::DBInstance",
        "db-ABC",
        "rds:DescribeDBInstances",
        """{"DBInstances":[{"DbiResourceId":"db-ABC","TagList":[{"Key":"Stage","Value":"dev"}]}]}"""
    )]
    [InlineData(
        "AWS::RDS::DBCluster",
        "cluster-ABC",
        "rds:DescribeDBClusters",
        """{"DBClusters":[{"DbClusterResourceId":"cluster-ABC","TagList":[{"Key":"Stage","Value":"dev"}]}]}"""
    )]
    public async Task Tags_of_a_database_come_with_its_description(string type, string id, string operation, string answer)
    {
        var fake = new FakeAws();
        fake.On(operation, answer);

        var tags = await new Remediator.Aws.AwsTags(fake, new FakeTags(fake)).ReadAsync(
            new(FakeAws.Account, FakeAws.Region, type, id), CancellationToken.None);

        Assert.Equal("dev", Assert.Single(tags).Value);
    }

    [Fact]
    public async Task Where_the_ARN_does_not_follow_from_the_id_Config_says_it()
    {
        var fake = new FakeAws();
        fake.On("config:BatchGetResourceConfig", """{"baseConfigurationItems":[{"arn":"arn:aws:iam::123456789012:user/ann"}]}""");
        fake.On("resourcegroupstaggingapi:GetResources", input =>
            Json.Parse(
                """{"ResourceTagMappingList":[{"ResourceARN":"x","Tags":["""
                + $$"""{"Key":"Arn","Value":{{input.Member("ResourceARNList")[0].GetRawText()}}}]}]}"""
            ));

        var tags = await new Remediator.Aws.AwsTags(fake, new FakeTags(fake)).ReadAsync(
            new(FakeAws.Account, FakeAws.Region, "AWS::IAM::User", "AIDAEXAMPLE"), CancellationToken.None);

        Assert.Equal("arn:aws:iam::123456789012:user/ann", tags["Arn"]);
    }

    private static async Task<RuleRef> CustomRuleAsync(InMemoryHost host, string name)
    {
        await host.CallAsync(
            "config:PutConfigRule",
            $$"""
            {"ConfigRule":{"ConfigRuleName":"{{name}}","Source":{"Owner":"CUSTOM_LAMBDA",
             "SourceIdentifier":"arn:aws:lambda:us-east-1:123456789012:function:check"} } }
            """
        );
        var rules = await host.Aws.CallAsync("config:DescribeConfigRules", Json.Parse($$"""{"ConfigRuleNames":["{{name}}"]}"""), host.Ct);
        return new(name, rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
    }

    private static readonly ChangeOrder Order = new()
    {
        Aims = [Aim.Wanted],
        Rule = new("C", Json.EmptyObject, IsTrusted: true),
        Parameters = Json.EmptyObject,
    };
}
