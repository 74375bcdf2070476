using System.Globalization;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>What counts for a subject, and what has to be read of it before that is known.</summary>
public sealed class PolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly Subject Bucket = new(Some.Bucket("logs"), "a-rule", "S3_BUCKET_VERSIONING_ENABLED");

    [Theory]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, mode: auto}]", true)]
    [InlineData("rules: [{match: {tag: {Stage: dev}, resource: other}, mode: auto}]", false)]
    [InlineData("rules: [{match: {resource: logs}, mode: auto}, {match: {tag: {Stage: dev}}, mode: observe}]", false)]
    [InlineData("rules: [{match: {resource: logs}, mode: auto}, {match: {tag: {Stage: dev}}, mode: observe, owner: a}]", true)]
    [InlineData("rules: [{match: {impact: cost}, mode: auto}, {match: {tag: {Stage: dev}}, mode: observe}]", true)]
    [InlineData("exemptions: [{match: {tag: {public: allowed}}, reason: a, until: 2026-10-03}]", true)]
    [InlineData("exemptions: [{match: {tag: {public: allowed}}, reason: a, until: 2026-10-02}]", false)]
    [InlineData("exemptions: [{match: {resource: logs}, reason: a, until: 2026-10-03}]", false)]
    [InlineData("exemptions: [{match: {tag: {public: allowed}, resource: other}, reason: a, until: 2026-10-03}]", false)]
    [InlineData("freezes: [{match: {tag: {Stage: prod}}, from: 2026-01-01, until: 2027-01-01, reason: a}]", true)]
    [InlineData("freezes: [{match: {service: s3}, from: 2026-01-01, until: 2027-01-01, reason: a}]", false)]
    [InlineData("windows: [{match: {tag: {Stage: prod}}, open: '02:00 - 03:00 UTC'}]", true)]
    [InlineData("windows: [{match: {service: s3}, open: '02:00 - 03:00 UTC'}]", false)]
    [InlineData("{}", false)]
    public void Tags_are_read_where_something_hangs_on_them(string policy, bool looks) =>
        Assert.Equal(looks, Read(policy).LooksAtTags(Bucket, Now));

    [Theory]
    [InlineData("rules: [{match: {since: 2026-01-01}, mode: auto}]", true)]
    [InlineData("rules: [{match: {since: 2026-01-01, resource: other}, mode: auto}]", false)]
    [InlineData("rules: [{match: {resource: logs}, mode: auto}, {match: {since: 2026-01-01}, mode: observe}]", false)]
    [InlineData("rules: [{match: {since: 2026-01-01}, mode: observe}, {match: {since: 2026-02-01}, mode: auto}]", true)]
    [InlineData("rules: [{match: {tag: {Stage: dev}}, mode: auto}]", false)]
    public void Time_of_creation_is_read_where_something_hangs_on_it(string policy, bool looks) =>
        Assert.Equal(looks, Read(policy).LooksAtCreation(Bucket));

    [Theory]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {since: 2026-01-01}, mode: observe}]", null, "Observe")]
    [InlineData("defaults: {mode: observe}\nrules: [{match: {since: 2026-01-01}, mode: auto}]", null, "Observe")]
    [InlineData("defaults: {mode: approve}\nrules: [{match: {since: 2026-01-01}, mode: auto}]", null, "Approve")]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {since: 2026-01-01}, mode: approve}]", null, "Approve")]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {since: 2026-01-01}, mode: observe}]", "2025-12-31", "Auto")]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {since: 2026-01-01}, mode: observe}]", "2026-01-01", "Observe")]
    [InlineData("defaults: {mode: observe}\nrules: [{match: {since: 2026-01-01}, mode: auto}]", "2026-01-01", "Auto")]
    public void Where_it_is_not_known_when_a_resource_was_created_the_mode_counts_that_does_less(
        string policy, string? created, string mode)
    {
        var at = created is null ? (DateTimeOffset?)null : DateTimeOffset.Parse($"{created}T00:00:00Z", CultureInfo.InvariantCulture);

        Assert.Equal(mode, $"{Read(policy).For(Bucket with { CreatedAt = at }).Mode}");
    }

    [Theory]
    [InlineData("defaults: {rollout: 20%}", false)]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d}}", true)]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d}}\nrules: [{match: {resource: logs}, rollout: 20%}]", false)]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d}}\nrules: [{match: {resource: other}, rollout: 20%}]", true)]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d}}\nrules: [{match: {tag: {a: b}}, rollout: 20%}]", true)]
    [InlineData("rules: [{match: {tag: {a: b}}, rollout: {start: 5%, over: 1d}}, {match: {resource: logs}, rollout: 20%}]", true)]
    [InlineData("rules: [{match: {resource: logs}, rollout: 20%}, {match: {resource: logs}, rollout: {start: 5%, over: 1d}}]", false)]
    [InlineData("rules: [{match: {resource: logs}, mode: auto}, {match: {rule: S3_*}, rollout: {start: 5%, over: 1d}}]", true)]
    public void How_far_a_share_is_risen_is_asked_where_it_may_decide(string policy, bool looks) =>
        Assert.Equal(looks, Read(policy).LooksAtRollouts(Bucket));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("defaults: {mode: approve}", false)]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {resource: logs}, mode: observe}]", true)]
    [InlineData("defaults: {mode: auto}\nrules: [{match: {tag: {a: b}}, mode: observe}]", false)]
    [InlineData("rules: [{match: {tag: {a: b}}, mode: approve}, {match: {resource: logs}, mode: observe}]", false)]
    [InlineData("rules: [{match: {resource: logs}, owner: a}, {match: {resource: logs}, mode: auto}]", false)]
    public void What_is_only_observed_whatever_its_tags_are(string policy, bool only) =>
        Assert.Equal(only, Read(policy).OnlyObserves(Bucket));

    [Theory]
    [InlineData("{}", false)]
    [InlineData("defaults: {undo-on: {of-stack: true}}", true)]
    [InlineData("rules: [{match: {resource: a}, undo-on: {alarms: errors}}]", true)]
    [InlineData("rules: [{match: {resource: a}, mode: auto}]", false)]
    [InlineData("rules: [{match: {resource: a}, undo-on: {alarms: errors}}, {match: {resource: b}, mode: auto}]", true)]
    public void Alarms_undo_where_an_entry_or_the_defaults_say_so(string policy, bool undoes) =>
        Assert.Equal(undoes, Read(policy).UndoesOnAlarm);

    [Fact]
    public void Mode_is_known_by_the_entry_that_says_it_and_a_word_by_the_first()
    {
        var policy = Read("""
            defaults: {environment: other, undo-on: {alarms: all}}
            rules:
              - {match: {resource: logs}, owner: shop, environment: test, undo-on: {alarms: errors}}
              - {match: {rule: S3_*}, mode: auto, environment: production}
            """);

        var (said, under) = (policy.For(Bucket), policy.For(Bucket with { ManagedIdentifier = "" }));

        Assert.Equal(
            ("rule: S3_*", "test", "errors"), (said.ModeFrom, said.Environment, Assert.Single(said.UndoOn!.Alarms)));
        Assert.Equal(("", Mode.Observe), (under.ModeFrom, under.Mode));
    }

    [Fact]
    public void First_exemption_that_has_not_ended_counts()
    {
        var policy = Read("""
            exemptions:
              - {match: {resource: logs}, reason: over, until: 2026-10-02}
              - {match: {resource: other}, reason: not this one, until: 2027-01-01}
              - {match: {resource: logs}, reason: this one, until: 2026-10-02T00:00:01Z}
              - {match: {resource: logs}, reason: too late, until: 2027-01-01}
            """);

        Assert.Equal("this one", policy.ExemptionOf(Bucket, Now)!.Reason);
        Assert.Equal("too late", policy.ExemptionOf(Bucket, Now.AddSeconds(1))!.Reason);
        Assert.Null(policy.ExemptionOf(Bucket, Now.AddYears(1)));
    }

    [Fact]
    public void Exemption_is_known_by_what_it_says_and_not_by_its_place()
    {
        string KeyOf(string exemptions) => Read($"exemptions:\n{exemptions}").Exemptions[^1].Key;
        const string One = "  - {match: {resource: logs}, reason: a, until: 2027-01-01}\n";

        Assert.Equal(10, KeyOf(One).Length);
        Assert.Equal(KeyOf(One), KeyOf($"  - {{match: {{rule: S3_*}}, reason: b, until: 2026-01-01}}\n# a line\n{One}"));
        Assert.Equal(
            4,
            new[]
            {
                One, One.Replace("logs", "log", StringComparison.Ordinal), One.Replace("reason: a", "reason: b", StringComparison.Ordinal),
                One.Replace("2027", "2028", StringComparison.Ordinal),
            }.Select(KeyOf).Distinct().Count());
        // Of two words of a match, none is part of the other.
        Assert.NotEqual(
            KeyOf("  - {match: {rule: a, rule-name: b}, reason: a, until: 2027-01-01}\n"),
            KeyOf("  - {match: {rule: 'arule-name: b'}, reason: a, until: 2027-01-01}\n"));
    }

    [Fact]
    public void Parameters_without_a_reference_are_those_of_the_file_and_an_unknown_account_has_its_id()
    {
        var policy = Read("defaults: {params: {id: '${account.id}', plain: '$5'}}");

        Assert.Equal("""{"id":"123456789012","plain":"$5"}""", policy.For(Bucket).Parameters.GetRawText());
        Assert.Equal(new Account("999999999999"), policy.AccountOf("999999999999"));
    }

    [Fact]
    public void Limit_of_impacts_is_written_as_in_the_policy()
    {
        var limit = new ImpactLimit([Impact.None, Impact.Restart]);

        Assert.Equal("none, restart", $"{limit}");
        Assert.Equal(
            [true, false, true],
            new[] { Impact.None, Impact.Brief, Impact.Restart }.Select(limit.Allows));
    }

    private static Policy Read(string policy) => PolicyReader.Read("policy.yaml", policy);
}
