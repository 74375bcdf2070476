using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Tests.Decide;

public sealed class PolicyReaderTests
{
    private const string Either = "(1,11): error PO006: a freeze has either 'from' and 'until', or 'weekly'";
    private const string Later =
        "(1,9): error PO006: an entry that matches by 'impact' or 'playbook' is looked at when the playbook was chosen: 'playbook', 'to' "
        + "and 'owned' belong into one that does not";

    [Fact]
    public void Every_word_of_the_policy_is_read()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            defaults: {settle: 10m, confirm-within: 3h}
            rules:
              - match: {rule: S3_*, rule-name: [ours, 'theirs-*'], account: '1111*', region: eu-*, resource-type: 'AWS::S3::Bucket',
                  resource: logs-*, tag: {Stage: [dev, test]}}
                mode: approve
                auto-up-to: none
                playbook: s3/bucket-versioning
                rollout: 25%
            auto-up-to: [none, restart]
            guards: {failures: 2, reverts: 4, revert-window: 6h}
            escalation: {per-hour: 7, remind-after: [4h, 1d]}
            backlog: {accounts: ['222222222222'], regions: [eu-west-1], per-sweep: 30, every: 12h}
            """);

        Assert.Equal(TimeSpan.FromMinutes(10), policy.Defaults.Settle);
        Assert.Equal(TimeSpan.FromHours(3), policy.Defaults.ConfirmWithin);
        Assert.Equal("none, restart", policy.Defaults.AutoUpTo!.ToString());
        var entry = Assert.Single(policy.Rules);
        Assert.Equal(
            (Mode.Approve, 25, "s3/bucket-versioning", "none"),
            (entry.Mode!.Value, entry.Rollout!.Percent, entry.Playbook, entry.AutoUpTo!.ToString()));
        Assert.Equal("ours theirs-*", string.Join(' ', entry.Match.RuleNames));
        Assert.Equal("dev test", string.Join(' ', entry.Match.Tags["Stage"]));
        Assert.Equal(
            "S3_* 1111* eu-* AWS::S3::Bucket logs-*",
            string.Join(
                ' ',
                [.. entry.Match.Rules, .. entry.Match.Accounts, .. entry.Match.Regions, .. entry.Match.Types, .. entry.Match.Resources]));
        Assert.Equal(new Guards(2, 4, TimeSpan.FromHours(6)), policy.Guards);
        Assert.Equal(7, policy.Escalations.PerHour);
        Assert.Equal("04:00:00 1.00:00:00", string.Join(' ', policy.Escalations.RemindAfter));
        Assert.Equal((30, TimeSpan.FromHours(12)), (policy.Backlog.PerSweep, policy.Backlog.Every));
        Assert.Equal("222222222222", Assert.Single(policy.Backlog.Accounts));
        Assert.Equal("eu-west-1", Assert.Single(policy.Backlog.Regions));
    }

    [Fact]
    public void What_is_left_out_has_the_default_that_the_schema_says()
    {
        var policy = Policy.Default;

        Assert.Equal(
            (Mode.Observe, "warning", new Share(100), TimeSpan.Zero),
            (policy.Defaults.Mode, policy.Defaults.Severity, policy.Defaults.Rollout, policy.Defaults.Settle));
        Assert.Equal("none, brief, cost", policy.Defaults.AutoUpTo!.ToString());
        Assert.Equal(new Budgets(200, 100, 50), policy.Budgets);
        Assert.Equal(new Guards(5, 3, TimeSpan.FromDays(1)), policy.Guards);
        Assert.Equal((100, TimeSpan.FromHours(6)), (policy.Backlog.PerSweep, policy.Backlog.Every));
    }

    [Theory]
    [InlineData("guards: {failures: 0}", 1, 20)]
    [InlineData("guards: {revert-window: soon}", 1, 25)]
    [InlineData("guards: {revert-window: 0s}", 1, 25)]
    [InlineData("budgets: {per-hour: '5'}", 1, 20)]
    [InlineData("budgets: {per-hour: 5%}", 1, 20)]
    [InlineData("escalation: {remind-after: [1d, 4h]}", 1, 13)]
    [InlineData("backlog: {per-sweep: many}", 1, 22)]
    [InlineData("backlog: {accounts: [22222222222]}", 1, 22)]
    [InlineData("backlog: {accounts: ['2222*']}", 1, 22)]
    [InlineData("backlog: {regions: eu-*}", 1, 20)]
    [InlineData("defaults: {settle: a while}", 1, 20)]
    [InlineData("defaults:\n", 1, 10)]
    [InlineData("rules: []", 1, 8)]
    [InlineData("exemptions: [{match: {resource: a}, until: 2027-01-01}]", 1, 14)]
    [InlineData("rules: {match: {resource: a}}", 1, 8)]
    [InlineData("defaults: {mode: auto\tx: y", 1, 1)]
    [InlineData("defaults:\n\tmode: auto", 1, 1)]
    [InlineData("defaults: {}\nbudgets: {per-hour: 1\u2028}", 2, 22)]
    [InlineData("", 1, 1)]
    public void Problem_names_its_place(string text, int line, int column)
    {
        var (policy, problems) = PolicyReader.TryRead("policy.yaml", text);

        Assert.Null(policy);
        var at = Assert.Single(problems).At;
        Assert.Equal(line, at.Line);
        Assert.True(at.Column >= column, $"{at}");
    }

    [Fact]
    public void Too_deep_nesting_is_a_problem_and_no_crash()
    {
        var (_, problems) = PolicyReader.TryRead("policy.yaml", $"defaults: {{params: {{a: {new string('[', 100_000)}");

        Assert.Equal("PB001", Assert.Single(problems).Code);
    }

    [Fact]
    public void Every_word_of_an_entry_is_read()
    {
        var entry = Assert.Single(PolicyReader.Read("policy.yaml", """
            rules:
              - match: {set: CIS-AWS-v5.0.0, team: shop, environment: test, ou: Root, service: s3, since: 2026-01-01}
                mode: approve
                owner: shop
                environment: test
                escalate-to: {after: 4h, owner: leads}
                warn-before: 2d
                severity: error
                settle: 10m
                confirm-within: 3h
                to: [last-compliant, wanted, last-compliant]
                tags-from: [stack, policy, stack]
                owned: revert-stack
                undo-on: {alarms: [errors, latency], of-stack: true}
                security-hub: true
                params: {a: {b: 1}}
                trust-rule-parameters: false
            """).Rules);

        Assert.Equal(
            ("policy.yaml(2,5)", "set: CIS-AWS-v5.0.0; team: shop, environment: test, ou: Root; service: s3; since: 2026-01-01 00:00:00Z"),
            ($"{entry.At}", entry.ModeFrom));
        Assert.Equal(
            ("shop", "test", new SecondStep(TimeSpan.FromHours(4), "leads"), TimeSpan.FromDays(2), "error"),
            (entry.Owner, entry.Environment, entry.EscalateTo, entry.WarnBefore!.Value, entry.Severity));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromHours(3)), (entry.Settle!.Value, entry.ConfirmWithin!.Value));
        Assert.Equal(
            "LastCompliant Wanted; Stack Policy",
            $"{string.Join(' ', entry.To!.Value)}; {string.Join(' ', entry.TagsFrom!.Value)}");
        Assert.Equal("errors latency", string.Join(' ', entry.UndoOn!.Alarms));
        Assert.Equal((true, TimeSpan.FromMinutes(30)), (entry.UndoOn.OfStack, entry.UndoOn.Within));
        Assert.Equal(
            (OwnedHandling.RevertStack, true, """{"a":{"b":1}}""", false),
            (entry.Owned, entry.SecurityHub!.Value, entry.Parameters.GetRawText(), entry.TrustRuleParameters!.Value));
        Assert.Equal(
            "CIS-AWS-v5.0.0 shop test Root s3",
            string.Join(
                ' ',
                [
                    .. entry.Match.Sets, .. entry.Match.Teams, .. entry.Match.Environments, .. entry.Match.Units, .. entry.Match.Services,
                ]));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), entry.Match.Since);
        Assert.Contains("S3_BUCKET_MFA_DELETE_ENABLED", entry.Match.InSets!.AsEnumerable());
        Assert.Empty(entry.Match.Known!);
    }

    [Fact]
    public void Entry_says_only_what_it_says()
    {
        var entry = Assert.Single(PolicyReader.Read("policy.yaml", "rules: [{match: {impact: [cost, data], playbook: s3/*}}]").Rules);

        Assert.Empty(EntryWords.Of(entry));
        Assert.Equal("Cost Data s3/*", $"{string.Join(' ', entry.Match.Impacts)} {string.Join(' ', entry.Match.Playbooks)}");
        Assert.Equal((null, null), (entry.Match.InSets, entry.Match.Known));
        Assert.Null(entry.ModeFrom);
        Assert.Null(entry.Account);
    }

    [Theory]
    [InlineData("change", "Change")]
    [InlineData("ask", "Ask")]
    [InlineData("revert-stack", "RevertStack")]
    public void Handling_of_owned_resources_is_read(string word, string handling) =>
        Assert.Equal(handling, $"{PolicyReader.Read("policy.yaml", $"defaults: {{owned: {word}}}").Defaults.Owned}");

    [Fact]
    public void Every_section_is_read()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            accounts: {'111111111111': {name: shop-prod, ou: Root/Prod, team: shop, environment: production, values: {key: a}}}
            exemptions: [{match: {resource: a}, reason: moving, until: 2027-01-01}]
            approvers: {shop: [Ops, Leads]}
            freezes:
              - {from: 2026-12-20, until: 2027-01-07, reason: holidays}
              - {match: {account: '1*'}, weekly: ['Fri 18:00 - Mon 06:00 UTC', '01:00 - 02:00 UTC'], reason: weekend}
            windows: [{match: {team: shop}, open: '02:00 - 05:00 UTC'}, {open: '03:00 - 04:00 UTC'}]
            budgets: {per-hour: 1, per-account: 2, per-playbook: 3}
            escalation: {per-hour: 7, problem-after: 4, time-zone: Europe/Berlin, ops-items: true, exemption-reminder: 5d}
            digest: {shop: daily, data: weekly}
            rollback: {max-age: 10d, quiet: 2h, types: [AWS::ECR::Repository], role: a-role}
            backlog: {aggregator: {name: all, account: '222222222222', region: eu-west-1}}
            """);

        var account = policy.AccountOf("111111111111");
        Assert.Equal(
            ("shop-prod", "Root/Prod", "shop", "production", "a", "policy.yaml(1,28)"),
            (account.Name, account.Unit, account.Team, account.Environment, account.Values["key"], $"{account.At}"));
        var exemption = Assert.Single(policy.Exemptions);
        Assert.Equal(
            ("a", "moving", new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), "policy.yaml(2,14)"),
            (exemption.Match.Resources.Single(), exemption.Reason, exemption.Until, $"{exemption.At}"));
        Assert.Equal("Ops Leads", string.Join(' ', policy.Approvers.For("shop")!.Value));
        Assert.Equal(
            ["2026-12-20 2027-01-07 holidays  policy.yaml(5,5) ", "0001-01-01 0001-01-01 weekend 1* policy.yaml(6,5) "
                + "Fri 18:00 - Mon 06:00 UTC, 01:00 - 02:00 UTC"],
            policy.Freezes.Select(f => $"{f.From:yyyy-MM-dd} {f.Until:yyyy-MM-dd} {f.Reason} {string.Join(' ', f.Match.Accounts)} {f.At} "
                + string.Join(", ", f.Weekly)));
        Assert.Equal(
            ["111111111111 02:00 - 05:00 UTC policy.yaml(7,11)", " 03:00 - 04:00 UTC policy.yaml(7,61)"],
            policy.Windows.Select(w => $"{string.Join(' ', w.Match.Known ?? [])} {string.Join(' ', w.Open)} {w.At}"));
        Assert.Equal(new Budgets(1, 2, 3), policy.Budgets);
        Assert.Equal(
            (7, 4, "Europe/Berlin", true, TimeSpan.FromDays(5), 0),
            (
                policy.Escalations.PerHour, policy.Escalations.ProblemAfter, policy.Escalations.TimeZone!.Id, policy.Escalations.OpsItems,
                policy.Escalations.ExemptionReminder, policy.Escalations.RemindAfter.Length));
        Assert.Equal((DigestPeriod.Daily, DigestPeriod.Weekly), (policy.Digests["shop"], policy.Digests["data"]));
        Assert.Equal(
            (TimeSpan.FromDays(10), TimeSpan.FromHours(2), "AWS::ECR::Repository", "a-role", "policy.yaml(11,11)"),
            (
                policy.Rollback.MaxAge, policy.Rollback.Quiet, policy.Rollback.Types.Single(), policy.Rollback.Role,
                $"{policy.Rollback.At}"));
        Assert.Equal(new AggregatorPolicy("all", "222222222222", "eu-west-1"), policy.Backlog.Aggregator);
    }

    [Fact]
    public void Sections_that_are_left_out_have_the_defaults_of_their_words()
    {
        var policy = Policy.Default;

        Assert.Equal(
            (50, 5, null, false, TimeSpan.FromDays(7)),
            (
                policy.Escalations.PerHour, policy.Escalations.ProblemAfter, policy.Escalations.TimeZone, policy.Escalations.OpsItems,
                policy.Escalations.ExemptionReminder));
        Assert.Equal(
            (TimeSpan.FromDays(30), TimeSpan.FromHours(1), null),
            (policy.Rollback.MaxAge, policy.Rollback.Quiet, policy.Rollback.Role));
        Assert.Equal(("", ""), (policy.Defaults.Owner, policy.Defaults.Environment));
        Assert.Null(policy.Backlog.Aggregator);
        Assert.Null(policy.Approvers.For("shop"));
        Assert.Equal((TimeSpan.Zero, "Wanted"), (policy.Defaults.WarnBefore!.Value, $"{policy.Defaults.To!.Value.Single()}"));
    }

    [Theory]
    [InlineData("rollout: 25%", "25%", "")]
    [InlineData("rollout: {start: 5%, over: 10d}", "from 5% to 100% over 10d, held if reverts 1, undos 1, failures 5%", "resource: a")]
    [InlineData(
        "rollout: {start: 5%, to: 80%, over: 36h, hold-if: {reverts: 2}}",
        "from 5% to 80% over 36h, held if reverts 2, undos 1, failures 5%",
        "resource: a")]
    [InlineData(
        "rollout: {start: 0, to: 1, over: 90s, hold-if: {undos: 3, failures: 10%}}",
        "from 0% to 1% over 90s, held if reverts 1, undos 3, failures 10%",
        "resource: a")]
    public void Share_is_read_with_how_it_rises(string words, string share, string about)
    {
        var rollout = PolicyReader.Read("policy.yaml", $"rules: [{{match: {{resource: a}}, {words}}}]").Rules[0].Rollout!;

        Assert.Equal((share, about), ($"{rollout}", rollout.Ramp?.About ?? ""));
    }

    [Theory]
    [InlineData("auto-up-to: none\ndefaults: {mode: auto, auto-up-to: cost}",
        "(2,11): error PO006: 'auto-up-to' stands in the defaults and beside them: say it once")]
    [InlineData("rules: [{match: {impact: cost}, playbook: s3/a}]", Later)]
    [InlineData("rules: [{match: {impact: cost}, to: wanted}]", Later)]
    [InlineData("rules: [{match: {playbook: s3/a}, owned: ask}]", Later)]
    [InlineData("defaults:\n  rollout: {start: 50%, to: 50%, over: 1d}",
        "(2,12): error PO006: a rollout rises: 'start' (50%) must be below 'to' (50%); for a share that stays, write 'rollout: 50%'")]
    [InlineData("freezes: [{from: 2027-01-01, reason: a}]", Either)]
    [InlineData("freezes: [{until: 2027-01-01, reason: a}]", Either)]
    [InlineData("freezes: [{reason: a}]", Either)]
    [InlineData("freezes: [{from: 2027-01-01, weekly: '01:00 - 02:00 UTC', reason: a}]", Either)]
    [InlineData("freezes: [{until: 2027-01-01, weekly: '01:00 - 02:00 UTC', reason: a}]", Either)]
    [InlineData("freezes: [{from: 2027-01-01, until: 2027-01-01, reason: a}]",
        "(1,11): error PO006: this freeze ends before it begins: 'until' must come after 'from'")]
    [InlineData("windows: [{open: ['01:00 - 02:00 UTC', '02:00 - 02:00 UTC']}]",
        "(1,11): error PO024: '02:00 - 02:00 UTC' is no time: it ends when it begins, or this machine does not know the time zone UTC")]
    [InlineData("freezes: [{weekly: '01:00 - 02:00 Europe/Berlyn', reason: a}]",
        "(1,11): error PO024: '01:00 - 02:00 Europe/Berlyn' is no time: it ends when it begins, or this machine does not know the time "
        + "zone Europe/Berlyn")]
    [InlineData("escalation: {remind-after: [4h, 4h]}", "(1,13): error PO006: 'remind-after': each reminder must come after the one "
        + "before it")]
    [InlineData("rollback: {role: a-role}", "(1,11): error PO006: 'role' is what Cloud Control is called with, and no type is rolled back "
        + "through it: add 'types', or take 'role' out")]
    public void Words_that_do_not_go_together_are_told_with_their_place(string policy, string problem)
    {
        var (read, problems) = PolicyReader.TryRead("policy.yaml", policy);

        Assert.Null(read);
        Assert.Equal([$"policy.yaml{problem}"], problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Alarms_of_a_stack_count_only_where_that_is_said() =>
        Assert.False(PolicyReader.Read("policy.yaml", "defaults: {undo-on: {alarms: errors}}").Defaults.UndoOn!.OfStack);

    [Theory]
    [InlineData("auto-up-to: none")]
    [InlineData("defaults: {auto-up-to: none}")]
    public void What_may_happen_unasked_is_said_in_the_defaults_or_beside_them(string policy) =>
        Assert.Equal("none", $"{PolicyReader.Read("policy.yaml", policy).Defaults.AutoUpTo}");

    [Fact]
    public void Policy_with_problems_is_none_and_all_of_them_are_told()
    {
        var told = Assert.Throws<InvalidFileException>(
            () => PolicyReader.Read("policy.yaml", "guards: {failures: 0, revert-window: soon}"));

        Assert.Equal(2, told.Problems.Count);
        Assert.Contains("policy.yaml(1,20): error PO002: ", told.Message, StringComparison.Ordinal);
        Assert.Contains("policy.yaml(1,38): error PO002: ", told.Message, StringComparison.Ordinal);
    }
}
