using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>One decision: whether something is done about a finding, how far it may go, and what is read for it.</summary>
public sealed class DeciderTests
{
    private const string Versioning = "S3_BUCKET_VERSIONING_ENABLED";
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));
    private static readonly ComplianceChange Change = Some.Change(Some.Rule("a-rule"), Some.Bucket("logs"));
    private readonly TestClock clock = new();
    private readonly Mock<IConfigService> config = new();
    private readonly Mock<ITags> tags = new();
    private readonly Mock<IFindings> findings = new();
    private readonly List<string> read = [];
    private OrderBook orders = OrderBook.Empty;

    public DeciderTests()
    {
        RuleIs(Rule(Versioning));
        tags.Setup(t => t.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .Callback(() => read.Add("tags")).ReturnsAsync(ImmutableDictionary<string, string>.Empty.Add("Stage", "dev"));
        config.Setup(c => c.CreatedAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .Callback(() => read.Add("creation")).ReturnsAsync(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        FoundIs(new Finding("finding/1", "product/1") { IsSuppressed = true });
    }

    [Theory]
    [InlineData("{}", "Observe")]
    [InlineData("defaults: {mode: approve}", "Approve")]
    [InlineData("defaults: {mode: auto}", "Auto")]
    [InlineData("defaults: {mode: auto, auto-up-to: none}", "Approve")]
    [InlineData("defaults: {mode: auto, rollout: 0%}", "Observe")]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, mode: auto}]", "Auto")]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {tag: {Stage: dev}}, mode: observe}]", "Observe")]
    [InlineData("rules: [{match: {since: 2026-06-01}, mode: auto}]", "Auto")]
    [InlineData("rules: [{match: {since: 2026-06-02}, mode: auto}]", "Observe")]
    [InlineData("rules: [{match: {impact: cost}, mode: auto}]", "Auto")]
    [InlineData("rules: [{match: {impact: brief}, mode: auto}]", "Observe")]
    [InlineData("rules: [{match: {rule-name: a-rule}, mode: auto}]", "Auto")]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto}]", "Auto")]
    public async Task Change_goes_as_far_as_the_policy_says(string policy, string mode)
    {
        var act = Assert.IsType<Decision.Act>(await DecidedAsync(policy));

        Assert.Equal((mode, "s3/bucket-versioning", Versioning), ($"{act.Mode}", act.Playbook.Name, act.RuleIdentifier));
        Assert.Equal((TimeSpan.FromHours(1), null, null), (act.Quiet, act.Wait, act.OrderedBy));
        Assert.Same(act.Playbook, act.Answer);
    }

    [Theory]
    [InlineData("defaults: {mode: auto}", "")]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, mode: auto}]", "tags")]
    [InlineData("rules: [{match: {since: 2026-06-01}, mode: auto}]", "creation")]
    [InlineData("defaults: {mode: auto, rollout: {start: 5%, over: 1d}}", "rollouts")]
    [InlineData("defaults: {mode: auto, security-hub: true}", "findings")]
    [InlineData("{defaults: {mode: auto, security-hub: true}, exemptions: [{match: {tag: {Stage: dev}}, reason: a, until: 2027-01-01}]}",
        "tags")]
    public async Task Only_what_the_decision_hangs_on_is_read(string policy, string what)
    {
        await DecidedAsync(policy);

        Assert.Equal(what, string.Join(' ', read));
    }

    [Fact]
    public async Task Rule_that_is_gone_is_skipped()
    {
        RuleIs(null);

        var skip = Assert.IsType<Decision.Skip>(await DecidedAsync(
            "{defaults: {mode: auto, owner: shop}, rules: [{match: {rule: '*'}, owner: managed}]}"));

        Assert.Equal(("rule a-rule no longer exists", "", "shop", null), (skip.Why, skip.RuleIdentifier, skip.Policy.Owner, skip.Until));
        Assert.False(skip.IsHeld);
    }

    [Fact]
    public async Task What_is_exempt_is_left_alone_until_the_exemption_ends()
    {
        var skip = Assert.IsType<Decision.Skip>(await DecidedAsync(
            "{defaults: {mode: auto, owner: shop}, exemptions: [{match: {resource: logs}, reason: a site, until: 2027-01-31}]}"));

        Assert.Equal(
            ("exempt until 2027-01-31 by policy.yaml(1,52): a site", Versioning, "shop", "2027-01-31"),
            (skip.Why, skip.RuleIdentifier, skip.Policy.Owner, $"{skip.Until:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("Exempt", false)]
    [InlineData("Hold", true)]
    public async Task What_a_person_ordered_to_leave_alone_is_left_alone(string kind, bool isHeld)
    {
        var order = Ordered(kind);

        var skip = Assert.IsType<Decision.Skip>(await DecidedAsync("rules: [{match: {tag: {Stage: dev}}, mode: auto}]"));

        Assert.Equal(
            (order.Says, order, order.Until, Versioning, isHeld),
            (skip.Why, skip.OrderedBy, skip.Until, skip.RuleIdentifier, skip.IsHeld));
        Assert.Equal("s3/bucket-versioning", skip.Answer!.Name);
        Assert.Equal(new OrderRef(order.Id, order.Says), skip.Terms.Order);
        Assert.Empty(read);
    }

    [Fact]
    public async Task Under_a_pause_a_finding_is_only_recorded()
    {
        var order = Ordered("Pause");

        var act = Assert.IsType<Decision.Act>(await DecidedAsync("defaults: {mode: auto, rollout: {start: 99%, over: 1d}}"));

        Assert.Equal((Mode.Observe, order, null), (act.Mode, act.OrderedBy, act.Policy.RolloutId));
    }

    [Theory]
    [InlineData("defaults: {mode: auto, security-hub: true}", true, true)]
    [InlineData("defaults: {mode: auto, security-hub: false}", true, false)]
    [InlineData("defaults: {mode: auto}", true, false)]
    [InlineData("defaults: {mode: auto, security-hub: true}", false, false)]
    public async Task What_is_suppressed_in_Security_Hub_is_left_alone_for_a_day_where_the_policy_says_so(
        string policy, bool isSuppressed, bool isLeft)
    {
        FoundIs(
            new Finding("finding/1", "product/1") { IsSuppressed = true },
            new Finding("finding/2", "product/1") { IsSuppressed = isSuppressed });

        var decision = await DecidedAsync(policy);

        Assert.Equal(isLeft, decision is Decision.Skip);
        if (decision is Decision.Skip skip)
        {
            Assert.Equal(
                ("suppressed in Security Hub: finding/1", clock.GetUtcNow().AddDays(1), Versioning),
                (skip.Why, skip.Until, skip.RuleIdentifier));
        }
    }

    [Fact]
    public async Task Without_a_finding_nothing_is_suppressed()
    {
        FoundIs();

        Assert.IsType<Decision.Act>(await DecidedAsync("defaults: {mode: auto, security-hub: true}"));
    }

    [Theory]
    [InlineData("defaults: {mode: auto, owner: shop}", "Auto", "NotPermitted")]
    [InlineData("{}", "Approve", "NotPermitted")]
    public async Task Rule_that_cannot_be_read_calls_a_person(string policy, string mode, string reason)
    {
        config.Setup(c => c.RuleAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AwsException("config:DescribeConfigRules", "AccessDeniedException", 403, "r", "no"));

        var refuse = Assert.IsType<Decision.Refuse>(await DecidedAsync(policy));

        Assert.Equal((mode, reason, ""), ($"{refuse.Mode}", $"{refuse.Reason}", refuse.RuleIdentifier));
        Assert.StartsWith("config:DescribeConfigRules was refused (AccessDeniedException): no", refuse.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, owner: shop}]", "Observe")]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, mode: auto}]", "Approve")]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {tag: {Stage: dev}}, mode: observe}]", "Auto")]
    public async Task Tags_that_cannot_be_read_call_a_person_unless_all_is_observed(string policy, string mode)
    {
        tags.Setup(t => t.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AwsException("tag:GetResources", "AccessDeniedException", 403, "r", "no"));

        var refuse = Assert.IsType<Decision.Refuse>(await DecidedAsync(policy));

        Assert.Equal((mode, Versioning), ($"{refuse.Mode}", refuse.RuleIdentifier));
    }

    [Fact]
    public async Task Defect_calls_a_person_and_a_passing_fault_is_tried_again()
    {
        tags.Setup(t => t.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidCastException("a mistake"));
        var refuse = Assert.IsType<Decision.Refuse>(await DecidedAsync("rules: [{match: {tag: {Stage: dev}}, mode: auto}]"));
        Assert.Equal((Reason.Failed, Sentences.PlanningDefect), (refuse.Reason, refuse.Why));

        tags.Setup(t => t.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AwsException("tag:GetResources", "ThrottlingException", 400, "r", "slower"));
        await Assert.ThrowsAsync<AwsException>(() => DecidedAsync("rules: [{match: {tag: {Stage: dev}}, mode: auto}]"));
    }

    [Theory]
    [InlineData("defaults: {mode: auto}", true)]
    [InlineData("defaults: {mode: approve}", true)]
    [InlineData("defaults: {mode: observe}", false)]
    public async Task Service_does_not_change_what_it_is_made_of(string policy, bool isRefused)
    {
        RuleIs(Rule("SQS_QUEUE_NO_PUBLIC_ACCESS"));
        var queue = Some.Bucket() with { Type = "AWS::SQS::Queue", Id = "remediator-Queue-1" };
        var own = OwnResources.Of([$"arn:aws:sqs:us-east-1:{FakeAws.Account}:remediator-Queue-1"], FakeAws.Account, "");

        var decision = await DecidedAsync(policy, Change with { Resource = queue }, own);

        Assert.Equal(isRefused, decision is Decision.Refuse);
        if (decision is Decision.Refuse refuse)
        {
            Assert.Equal(
                (
                    Reason.Unsupported,
                    "remediator-Queue-1 is part of Remediator itself, which does not change its own resources. Change it in the template "
                    + "of its stack and deploy, or exempt it.",
                    "SQS_QUEUE_NO_PUBLIC_ACCESS"),
                (refuse.Reason, refuse.Why, refuse.RuleIdentifier));
            Assert.Equal(policy, $"defaults: {{mode: {refuse.Policy.Mode!.Value.Name()}}}");
        }
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("approve", true)]
    [InlineData("auto, warn-before: 1d", false)]
    [InlineData("auto, warn-before: 0s", true)]
    [InlineData("approve, warn-before: 1d", true)]
    [InlineData("observe", null)]
    public async Task In_a_freeze_a_change_waits_and_what_is_announced_is_announced_at_once(string mode, bool? isRefused)
    {
        var decision = await DecidedAsync(
            $"{{defaults: {{mode: {mode}}}, freezes: [{{from: 2026-01-01, until: 2027-01-07, reason: holidays}}]}}");

        const string Why = "Changes are frozen until 2027-01-07 00:00:00Z: holidays";
        if (isRefused is true)
        {
            var refuse = Assert.IsType<Decision.Refuse>(decision);
            Assert.Equal(
                (Reason.Frozen, Why, "2027-01-07", Versioning),
                (refuse.Reason, refuse.Why, $"{refuse.Until:yyyy-MM-dd}", refuse.RuleIdentifier));
        }
        else
        {
            Assert.Equal(isRefused is null ? null : Why, Assert.IsType<Decision.Act>(decision).Wait?.Why);
        }
    }

    [Theory]
    [InlineData("{}", FakeAws.Account, true)]
    [InlineData("{}", "999999999999", false)]
    [InlineData("defaults: {trust-rule-parameters: false}", FakeAws.Account, false)]
    [InlineData("defaults: {trust-rule-parameters: true}", "999999999999", true)]
    public async Task Parameters_of_a_rule_are_trusted_in_the_own_account_unless_the_policy_says_otherwise(
        string policy, string account, bool isTrusted)
    {
        var act = Assert.IsType<Decision.Act>(
            await DecidedAsync(policy, Change with { Resource = Change.Resource with { Account = account } }));

        Assert.Equal(isTrusted, act.Order.Rule.IsTrusted);
    }

    [Fact]
    public async Task What_cannot_be_planned_is_refused_with_the_reason()
    {
        RuleIs(Rule("S3_DEFAULT_ENCRYPTION_KMS"));
        var unfilled = Assert.IsType<Decision.Refuse>(
            await DecidedAsync("defaults: {mode: auto, owner: shop, params: {kmsKeyArn: '${account.values.key}'}}"));
        RuleIs(Rule("EC2_INSTANCE_NO_PUBLIC_IP"));
        var unanswered = Assert.IsType<Decision.Refuse>(await DecidedAsync("defaults: {mode: auto, owner: shop}"));

        Assert.Equal(
            (Reason.NotConfigured, "S3_DEFAULT_ENCRYPTION_KMS", "shop"), (unfilled.Reason, unfilled.RuleIdentifier, unfilled.Policy.Owner));
        Assert.StartsWith("The parameter kmsKeyArn is missing: ", unfilled.Why, StringComparison.Ordinal);
        Assert.Equal(
            (Reason.Unsupported, "EC2_INSTANCE_NO_PUBLIC_IP", "shop"),
            (unanswered.Reason, unanswered.RuleIdentifier, unanswered.Policy.Owner));
    }

    [Fact]
    public async Task What_a_person_asked_to_roll_back_goes_back_whatever_the_policy_says_of_how_far()
    {
        const string Policy =
            "{defaults: {mode: observe, rollout: 0%, warn-before: 1d, settle: 1d}, "
            + "rules: [{match: {rule: S3_*}, mode: observe, to: wanted}]}";

        var act = Assert.IsType<Decision.Act>(await DecidedAsync(Policy, Change with { Asked = new(Some.Time) }));
        var all = Assert.IsType<Decision.Act>(await DecidedAsync(Policy, Change with { Asked = new(Some.Time) { IsOfEverything = true } }));

        Assert.Equal((Mode.Auto, TimeSpan.Zero, TimeSpan.Zero), (act.Mode, act.Quiet, act.Policy.WarnBefore!.Value));
        Assert.Equal((TimeSpan.Zero, "LastCompliant"), (act.Policy.Settle!.Value, string.Join(' ', act.Order.Aims)));
        Assert.Equal(("s3/bucket-versioning", "rollback/AWS::S3::Bucket"), (act.Playbook.Name, all.Playbook.Name));
        var bare = await DecidedAsync("defaults: {warn-before: 1d, settle: 1d}", Change with { Asked = new(Some.Time) });
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (bare.Policy.WarnBefore!.Value, bare.Policy.Settle!.Value));
    }

    [Theory]
    [InlineData("{exemptions: [{match: {resource: logs}, reason: a, until: 2027-01-01}]}", "Skip")]
    [InlineData("defaults: {mode: auto}", "Act")]
    [InlineData("{defaults: {mode: auto}, freezes: [{from: 2026-01-01, until: 2027-01-01, reason: a}]}", "Refuse")]
    public void What_would_be_decided_is_foreseen_without_asking_anything(string policy, string decision)
    {
        Ordered("Exempt");

        var foreseen = Decider(policy).Foresee(new(Change.Resource, "a-rule", Versioning), Rule(Versioning));

        Assert.Equal(decision, foreseen.GetType().Name);
        Assert.Empty(read);
    }

    [Fact]
    public async Task Order_that_is_about_an_incident_is_found_by_its_rule_and_resource()
    {
        var order = Ordered("Hold");
        var incident = Some.Incident(Change.Resource, Change.Rule) with { Terms = new() { RuleIdentifier = Versioning } };

        Assert.Equal(order, await Decider("{}").OrderOfAsync(incident, default));
        orders = new(1, [order with { Match = new() { Rule = Versioning } }]);
        Assert.NotNull(await Decider("{}").OrderOfAsync(incident, default));
        orders = new(1, [order with { Match = new() { Rule = "other" } }]);
        Assert.Null(await Decider("{}").OrderOfAsync(incident, default));
    }

    private Task<Decision> DecidedAsync(string policy, ComplianceChange? change = null, OwnResources? own = null) =>
        Decider(policy, own).DecideAsync(change ?? Change, CancellationToken.None);

    private Decider Decider(string policy, OwnResources? own = null) => new(
        PolicyReader.Read("policy.yaml", policy),
        Library,
        config.Object,
        tags.Object,
        FakeAws.Account,
        clock,
        NullLogger<Decider>.Instance,
        own,
        _ => Task.FromResult(orders),
        findings.Object,
        _ =>
        {
            read.Add("rollouts");
            return Task.FromResult(RolloutBook.Empty);
        });

    private StandingOrder Ordered(string kind)
    {
        var order = new StandingOrder
        {
            Id = "order-1",
            Kind = Enum.Parse<OrderKind>(kind),
            Match = new() { Resource = "logs" },
            By = "anna",
            Why = "a test",
            At = clock.GetUtcNow(),
            Until = clock.GetUtcNow().AddHours(1),
        };
        orders = new(1, [order]);
        return order;
    }

    private void RuleIs(ConfigRule? rule) => config
        .Setup(c => c.RuleAsync(It.IsAny<string>(), FakeAws.Region, Change.Rule, It.IsAny<CancellationToken>()))
        .ReturnsAsync(rule);

    private void FoundIs(params Finding[] found) => findings
        .Setup(f => f.FindAsync(It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
        .Callback(() => read.Add("findings"))
        .ReturnsAsync(found);

    private static ConfigRule Rule(string identifier) => new("a-rule", "arn", "AWS", identifier, Json.EmptyObject);
}
