using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>What the policy comes to for a finding, in a sentence, and which line says what.</summary>
public sealed class ExplanationTests
{
    private const string Versioning = "S3_BUCKET_VERSIONING_ENABLED";
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));
    private static readonly Subject Bucket = new(Some.Bucket("logs"), "a-rule", Versioning);
    private readonly TestClock clock = new();

    [Theory]
    [InlineData("{}", "Observe", "The plan is recorded, and nothing is changed.")]
    [InlineData(
        "defaults: {mode: auto, rollout: 0%}",
        "Observe",
        "The plan is recorded, and nothing is changed: the resource is not of the share of 0%.")]
    [InlineData("defaults: {mode: approve}", "Approve", "A person is asked first: the policy says so.")]
    [InlineData(
        "defaults: {mode: auto, auto-up-to: [none, brief]}",
        "Approve",
        "A person is asked first. The change costs money from then on (impact cost). The policy lets only none, brief happen unasked.")]
    [InlineData(
        "defaults: {mode: auto, warn-before: 90m}",
        "Auto",
        "It is announced, and unless somebody objects, changed 1.5 hours later.")]
    [InlineData(
        "defaults: {mode: auto, warn-before: 2d}", "Auto", "It is announced, and unless somebody objects, changed 48 hours later.")]
    [InlineData("defaults: {mode: auto, warn-before: 0s}", "Auto", "It is changed, proven and recorded.")]
    [InlineData("defaults: {mode: auto}", "Auto", "It is changed, proven and recorded.")]
    [InlineData(
        "{defaults: {mode: auto}, exemptions: [{match: {resource: logs}, reason: public, until: 2030-01-31}]}",
        "Auto",
        "Left alone: exempt until 2030-01-31, public.")]
    [InlineData(
        "{defaults: {mode: auto}, freezes: [{from: 2026-01-01, until: 2027-01-07, reason: holidays}]}",
        "Auto",
        "It waits. Changes are frozen until 2027-01-07 00:00:00Z: holidays")]
    [InlineData(
        "{freezes: [{from: 2026-01-01, until: 2027-01-07, reason: holidays}]}",
        "Observe",
        "The plan is recorded, and nothing is changed.")]
    public void What_would_be_done_is_said_in_a_sentence(string policy, string mode, string outcome)
    {
        var told = Explained(policy);

        Assert.Equal((mode, outcome), ($"{told.Mode}", told.Outcome));
    }

    [Theory]
    [InlineData("observe", "Recorded: ")]
    [InlineData("approve", "A person is called: ")]
    [InlineData("auto", "A person is called: ")]
    public void Where_nothing_can_be_planned_it_is_said_why_and_whether_a_person_is_called(string mode, string begin)
    {
        var policy = $"defaults: {{mode: {mode}, params: {{kmsKeyArn: '${{account.values.key}}'}}}}";

        var (unanswered, unfilled) = (
            Explained(policy, Bucket with { ManagedIdentifier = "ACCESS_KEYS_ROTATED" }),
            Explained(policy, Bucket with { ManagedIdentifier = "S3_DEFAULT_ENCRYPTION_KMS" }));

        Assert.Equal($"{begin}No playbook answers ACCESS_KEYS_ROTATED for AWS::S3::Bucket.", unanswered.Outcome);
        Assert.Null(unanswered.Playbooks);
        Assert.Equal(
            $"{begin}The parameter kmsKeyArn is missing: the policy takes it from ${{account.values.key}}, and its 'accounts' do not say "
            + "that of account 123456789012.",
            unfilled.Outcome);
        Assert.Equal(["s3/bucket-encryption-kms"], unfilled.Playbooks!.Names.AsEnumerable());
    }

    [Theory]
    [InlineData("Pause", "Observe", "The plan is recorded, and nothing is changed: paused until ")]
    [InlineData("Exempt", "Auto", "Left alone: exempt until ")]
    [InlineData("Hold", "Auto", "Left alone: held until ")]
    public void Order_of_a_person_goes_before_what_the_policy_says(string kind, string mode, string begin)
    {
        var order = new StandingOrder
        {
            Id = "order-1",
            Kind = Enum.Parse<OrderKind>(kind),
            Match = new() { Resource = "logs" },
            By = "claimed by anna",
            Why = "a test",
            At = clock.GetUtcNow(),
            Until = clock.GetUtcNow().AddHours(1),
        };

        var told = Explained("defaults: {mode: auto}", orders: new(1, [order]));

        Assert.Equal(
            (mode, $"{begin}{order.Until:u} by order order-1, claimed by anna: a test.", order),
            ($"{told.Mode}", told.Outcome, told.Order));
    }

    [Fact]
    public void Each_word_is_shown_with_the_line_that_says_it()
    {
        var told = Explained(
            """
            defaults: {mode: observe, owner: platform, environment: other}
            accounts: {'123456789012': {team: shop, environment: production}}
            rules:
              - match: {rule: S3_*, impact: cost}
                mode: approve
              - match: {rule: SNS_*}
                severity: info
              - match: {resource: logs}
                mode: auto
                owner: '${account.name}'
                settle: 1h
            """);

        Assert.Equal(
            [
                "mode approve policy.yaml(4,5)", "owner shop policy.yaml(2,28)", "environment production policy.yaml(2,28)",
                "severity warning defaults", "settle 1h policy.yaml(8,5)",
            ],
            told.Words
                .Where(w => w.Name is "mode" or "owner" or "environment" or "severity" or "settle")
                .Select(w => $"{w.Name} {w.Value} {w.From}"));
        Assert.Equal(
            ["policy.yaml(4,5):  counts: mode", "policy.yaml(6,5): rule: SNS_* counts: ", "policy.yaml(8,5):  counts: settle"],
            told.Entries.Select(e => $"{e.At}: {string.Join(' ', e.Against)} counts: {string.Join(' ', e.Counts)}"));
    }

    [Fact]
    public void Where_nothing_is_known_of_the_account_owner_and_environment_come_from_the_defaults()
    {
        var words = Explained("defaults: {owner: platform, environment: other}").Words;

        Assert.Equal(
            ["owner platform defaults", "environment other defaults"],
            words.Where(w => w.Name is "owner" or "environment").Select(w => $"{w.Name} {w.Value} {w.From}"));
    }

    [Fact]
    public void Word_without_a_value_is_not_shown() => Assert.DoesNotContain(Explained("{}").Words, w => w.Name is "owner");

    [Fact]
    public void Rising_share_is_shown_as_far_as_it_is_with_the_place_of_the_resource()
    {
        const string Rising = "defaults: {mode: auto, rollout: {start: 5%, to: 80%, over: 10d}}";
        var state = new RolloutState
        {
            Id = Rollout.IdOf(PolicyReader.Read("policy.yaml", Rising).For(Bucket)),
            About = "",
            BegunAt = clock.GetUtcNow(),
            Share = 42,
            From = 5,
            Since = clock.GetUtcNow(),
        };

        var (begun, before, flat) = (
            Explained(Rising, rollouts: new(1, [state])), Explained(Rising), Explained("defaults: {mode: auto, rollout: 30%}"));

        Assert.Equal((42, state), (begun.Share, begun.Rising));
        Assert.Equal((5, null), (before.Share, before.Rising));
        Assert.Equal((30, null), (flat.Share, flat.Rising));
        Assert.All([begun, before, flat], told => Assert.Equal(Rollout.PlaceOf(Bucket.Resource), told.Place));
    }

    [Fact]
    public void What_keeps_it_from_a_change_stands_beside_the_sentence()
    {
        var told = Explained(
            """
            exemptions: [{match: {resource: logs}, reason: public, until: 2030-01-31}]
            freezes: [{from: 2026-01-01, until: 2027-01-07, reason: holidays}]
            """);

        Assert.Equal(("public", "policy.yaml(2,11)"), (told.Exemption!.Reason, $"{told.Wait!.At}"));
        Assert.Equal(["s3/bucket-versioning"], told.Playbooks!.Names.AsEnumerable());
        Assert.Null(told.Order);
    }

    private Explanation Explained(string policy, Subject? subject = null, OrderBook? orders = null, RolloutBook? rollouts = null)
    {
        var about = subject ?? Bucket;
        return new Explainer(PolicyReader.Read("policy.yaml", policy), Library, clock, orders, rollouts)
            .Of(about, new(about.RuleName, "arn", "AWS", about.ManagedIdentifier, Json.EmptyObject));
    }
}
