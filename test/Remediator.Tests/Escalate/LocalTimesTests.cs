using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>People read times by the clock of the policy's zone; commands and machines keep to UTC.</summary>
public sealed class LocalTimesTests
{
    [Theory]
    [InlineData("until 2026-10-02 07:03:46Z.", "until 2026-10-02 09:03:46 +02:00.")]
    [InlineData("2026-12-31 23:30:00Z and 2026-01-01 00:00:00Z", "2027-01-01 00:30:00 +01:00 and 2026-01-01 01:00:00 +01:00")]
    [InlineData("2026-13-45 07:03:46Z", "2026-13-45 07:03:46Z")]
    [InlineData("12026-10-02 07:03:46Z, 2026-10-02T07:03:46Z, 2026-10-02", "12026-10-02 07:03:46Z, 2026-10-02T07:03:46Z, 2026-10-02")]
    public void Time_of_UTC_is_written_by_the_clock_of_the_zone(string text, string local) =>
        Assert.Equal(local, LocalTimes.Text(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Theory]
    [InlineData("", "Z")]
    [InlineData("escalation: {time-zone: Asia/Kolkata}", " \\+05:30")]
    public async Task Mail_has_the_clock_of_the_policy_and_the_commands_of_machines_have_UTC(string escalation, string zone)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: approve, owner: shop}}\n{escalation}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        await host.SendAsync(change);

        var forms = Json.Parse(Assert.Single(host.Fake.Sns.Messages).TextOf("Message")!);
        Assert.Matches($"Opened: +[0-9-]{{10}} [0-9:]{{8}}{zone}\n", forms.TextOf("email"));
        Assert.Matches("\"openedAt\":\"[^\"+]+(Z|\\+00:00)\"", forms.TextOf("sqs"));
        Assert.DoesNotContain("+05:30", forms.TextOf("sqs"), StringComparison.Ordinal);
    }
}
