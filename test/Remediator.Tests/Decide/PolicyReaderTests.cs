using Remediator.Decide;
using Remediator.Incidents;

namespace Remediator.Tests.Decide;

public sealed class PolicyReaderTests
{
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
}
