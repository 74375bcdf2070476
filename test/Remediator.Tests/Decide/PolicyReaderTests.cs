using Remediator.Decide;
using Remediator.Sweep;

namespace Remediator.Tests.Decide;

public sealed class PolicyReaderTests
{
    [Fact]
    public void Every_number_of_the_policy_is_read()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            defaults: {settle: 10m, confirm-within: 3h}
            guards: {failures: 2, reverts: 4, revert-window: 6h}
            escalation: {per-hour: 7, remind-after: [4h, 1d]}
            backlog: {accounts: ['222222222222'], regions: [eu-west-1], per-sweep: 30, every: 12h}
            """);

        Assert.Equal(TimeSpan.FromMinutes(10), policy.Defaults.Settle);
        Assert.Equal(TimeSpan.FromHours(3), policy.Defaults.ConfirmWithin);
        Assert.Equal(new Guards(2, 4, TimeSpan.FromHours(6)), policy.Guards);
        Assert.Equal(7, policy.Escalations.PerHour);
        Assert.Equal("04:00:00 1.00:00:00", string.Join(' ', policy.Escalations.RemindAfter));
        Assert.Equal((30, TimeSpan.FromHours(12)), (policy.Backlog.PerSweep, policy.Backlog.Every));
        Assert.Equal("222222222222", Assert.Single(policy.Backlog.Accounts));
        Assert.Equal("eu-west-1", Assert.Single(policy.Backlog.Regions));
    }

    [Theory]
    [InlineData("guards: {failures: 0}", 1, 20)]
    [InlineData("guards: {revert-window: soon}", 1, 25)]
    [InlineData("escalation: {remind-after: [1d, 4h]}", 1, 28)]
    [InlineData("backlog: {per-sweep: many}", 1, 22)]
    [InlineData("defaults: {settle: a while}", 1, 20)]
    public void Problem_names_its_place(string text, int line, int column)
    {
        var (_, problems) = PolicyReader.TryRead("policy.yaml", text);

        var at = Assert.Single(problems).At;
        Assert.Equal((line, column), (at.Line, at.Column));
    }
}
