using Remediator.Decide;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>What a change has to wait for, and until when.</summary>
public sealed class ChangeTimesTests
{
    // A Friday.
    private static readonly DateTimeOffset Now = new(2026, 10, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Subject Bucket = new(Some.Bucket("logs"), "a-rule", "S3_BUCKET_VERSIONING_ENABLED");

    [Theory]
    [InlineData("freezes: [{from: 2026-10-02T12:00:00Z, until: 2026-10-03, reason: a}]",
        "Changes are frozen until 2026-10-03 00:00:00Z: a", "2026-10-03T00:00:00Z", "(1,11)")]
    [InlineData(
        "freezes: [{from: 2026-01-01, until: 2026-10-03, reason: first}, {from: 2026-01-01, until: 2026-10-05, reason: last}, "
        + "{from: 2026-01-01, until: 2026-10-04, reason: between}]",
        "Changes are frozen until 2026-10-05 00:00:00Z: last", "2026-10-05T00:00:00Z", "(1,65)")]
    [InlineData("freezes: [{weekly: ['Fri 10:00 - Fri 14:00 UTC', '11:00 - 18:00 UTC'], reason: a}]",
        "Changes are frozen until 2026-10-02 18:00:00Z: a", "2026-10-02T18:00:00Z", "(1,11)")]
    [InlineData("freezes: [{match: {resource: logs}, weekly: 'Fri 12:00 - Mon 06:00 UTC', reason: weekend}]",
        "Changes are frozen until 2026-10-05 06:00:00Z: weekend", "2026-10-05T06:00:00Z", "(1,11)")]
    [InlineData("windows: [{open: 'Sun 02:00 - Sun 05:00 UTC'}]",
        "Such a change is made in its window only (Sun 02:00 - Sun 05:00 UTC). It opens at 2026-10-04 02:00:00Z.",
        "2026-10-04T02:00:00Z", "(1,11)")]
    [InlineData(
        "windows: [{open: ['Sun 02:00 - Sun 05:00 UTC', '01:00 - 02:00 UTC']}, {open: ['22:00 - 23:00 UTC', '01:00 - 02:00 UTC']}]",
        "Such a change is made in its window only (Sun 02:00 - Sun 05:00 UTC, 01:00 - 02:00 UTC, 22:00 - 23:00 UTC). It opens at "
        + "2026-10-02 22:00:00Z.",
        "2026-10-02T22:00:00Z", "(1,71)")]
    [InlineData(
        "windows: [{open: '01:00 - 02:00 UTC'}]\nfreezes: [{from: 2026-01-01, until: 2026-10-05, reason: first}]",
        "Changes are frozen until 2026-10-05 00:00:00Z: first", "2026-10-05T00:00:00Z", "(2,11)")]
    public void Change_waits_until_the_policy_lets_it(string policy, string why, string until, string at)
    {
        var wait = Waits(policy);

        Assert.Equal((why, until, $"policy.yaml{at}"), (wait!.Why, $"{wait.Until.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", $"{wait.At}"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("freezes: [{from: 2026-10-02T12:00:01Z, until: 2026-10-03, reason: a}]")]
    [InlineData("freezes: [{from: 2026-01-01, until: 2026-10-02T12:00:00Z, reason: a}]")]
    [InlineData("freezes: [{match: {resource: other}, from: 2026-01-01, until: 2027-01-01, reason: a}]")]
    [InlineData("freezes: [{weekly: 'Fri 14:00 - Mon 06:00 UTC', reason: a}]")]
    [InlineData("freezes: [{match: {resource: other}, weekly: 'Fri 10:00 - Mon 06:00 UTC', reason: a}]")]
    [InlineData("windows: [{open: '12:00 - 13:00 UTC'}]")]
    [InlineData("windows: [{open: ['01:00 - 02:00 UTC', '11:00 - 13:00 UTC']}]")]
    [InlineData("windows: [{open: '01:00 - 02:00 UTC'}, {open: '11:00 - 13:00 UTC'}]")]
    [InlineData("windows: [{match: {service: rds}, open: '01:00 - 02:00 UTC'}]")]
    public void Change_does_not_wait_where_nothing_stands_against_it_now(string policy) => Assert.Null(Waits(policy));

    private static Wait? Waits(string policy) => Wait.For(PolicyReader.Read("policy.yaml", policy), Bucket, Now);
}
