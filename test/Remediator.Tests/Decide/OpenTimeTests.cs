using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>Windows and weekly freezes, in local time of a zone.</summary>
public sealed class OpenTimeTests
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    [Theory]
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-07-05T00:00:00Z", true)] // summer: two hours ahead
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-07-04T23:59:59Z", false)]
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-07-05T02:59:59Z", true)]
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-07-05T03:00:00Z", false)]
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-12-06T03:30:00Z", true)] // winter: one
    [InlineData("Sun 02:00 - Sun 05:00 Europe/Berlin", "2026-12-06T00:30:00Z", false)]
    [InlineData("Fri 18:00 - Mon 06:00 Europe/Berlin", "2026-12-06T12:00:00Z", true)] // over the end of the week
    [InlineData("Fri 18:00 - Mon 06:00 Europe/Berlin", "2026-12-08T12:00:00Z", false)]
    [InlineData("22:00 - 02:00 UTC", "2026-12-08T01:00:00Z", true)] // over midnight
    [InlineData("22:00 - 02:00 UTC", "2026-12-08T02:00:00Z", false)]
    [InlineData("Sun 02:30 - Sun 05:00 Europe/Berlin", "2026-03-29T00:59:59Z", false)] // the hour from two to three is left out
    [InlineData("Sun 02:30 - Sun 05:00 Europe/Berlin", "2026-03-29T01:00:00Z", true)]
    [InlineData("Sun 02:15 - Sun 02:45 Europe/Berlin", "2026-03-29T01:00:00Z", false)]
    [InlineData("Sun 02:15 - Sun 02:45 Europe/Berlin", "2026-10-25T00:20:00Z", true)] // it comes twice
    [InlineData("Sun 02:15 - Sun 02:45 Europe/Berlin", "2026-10-25T01:20:00Z", false)]
    [InlineData("Sun 02:15 - Sun 02:45 Europe/Berlin", "2026-03-29T00:59:59Z", false)] // the clock leaves it out
    [InlineData("Sun 01:30 - Sun 04:00 Europe/Berlin", "2026-10-25T02:59:59Z", true)]
    public void A_time_is_that_of_the_clock(string text, string at, bool isOpen) =>
        Assert.Equal(isOpen, OpenTime.Parse(text)!.Contains(At(at)));

    [Fact]
    public void At_every_minute_it_is_open_where_the_clock_stands_between_beginning_and_end()
    {
        // Not on the days when the clock changes, which the cases above cover.
        var times = from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Lord_Howe")
                    from weekly in Gen.Elements(true, false)
                    from start in Gen.Choose(0, (7 * 1440) - 1)
                    from length in Gen.Choose(1, 1439)
                    from minute in Gen.Choose(0, 2 * 365 * 1440)
                    select (zone, weekly, start, length, minute);

        Prop.ForAll(times.ToArbitrary(), x =>
        {
            var now = At("2026-01-01T00:00:00Z").AddMinutes(x.minute);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(x.zone);
            if (Enumerable.Range(-50, 100).Any(hours => zone.GetUtcOffset(now.AddHours(hours)) != zone.GetUtcOffset(now)))
            {
                return true;
            }

            var period = x.weekly ? 7 * 1440 : 1440;
            var text = $"{Written(x.start % period, x.weekly)} - {Written((x.start + x.length) % period, x.weekly)} {x.zone}";
            var clock = TimeZoneInfo.ConvertTime(now, zone);
            var since = (int)clock.DayOfWeek * 1440 + (clock.Hour * 60) + clock.Minute - (x.start % period);
            var open = OpenTime.Parse(text)!;
            return open.Contains(now) == (((since % period) + period) % period < x.length)
                && open.Begins(now) > now && open.Ends(now) > now && open.Contains(open.Begins(now)) && !open.Contains(open.Ends(now));
        }).Check(Samples.Cases(500));
    }

    [Fact]
    public async Task Outside_its_window_an_incident_waits_is_told_once_and_goes_on_by_itself()
    {
        await using var host = new InMemoryHost();
        var opens = host.Now.AddHours(3);
        var time = $"{Written(Minute(opens), true)} - {Written(Minute(opens.AddHours(2)), true)} UTC";
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto}}, windows: [{{match: {{impact: brief}}, open: '{time}'}}, {{match: {{service: rds}}, open: "
            + $"'{time}'}}]}}"
        );
        var (bucket, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        Assert.Equal(Reason.Frozen, (await host.IncidentOf(ended)).Reason);
        Assert.Contains($"in its window only ({time})", ended.Why, StringComparison.Ordinal);
        await host.PassAsync(TimeSpan.FromHours(2));
        await host.SweepAsync();
        Assert.Empty(host.Changes());
        Assert.Single(await host.NoticesAsync());

        await host.PassAsync(TimeSpan.FromHours(1.5));
        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Theory]
    [InlineData("match: {service: rds}", "fixed")]
    [InlineData("match: {service: s3, playbook: s3/*}", "escalated")]
    public async Task A_weekly_freeze_is_about_what_it_matches(string match, string outcome)
    {
        await using var host = new InMemoryHost();
        var time = $"{Written(Minute(host.Now.AddHours(-1)), true)} - {Written(Minute(host.Now.AddHours(1)), true)} UTC";
        await host.UsePolicyAsync($"{{defaults: {{mode: auto}}, freezes: [{{{match}, weekly: '{time}', reason: weekend}}]}}");
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome(outcome, await host.SendAsync(change));
    }

    private static int Minute(DateTimeOffset at) => ((int)at.DayOfWeek * 1440) + (at.Hour * 60) + at.Minute;

    private static string Written(int minute, bool weekly) =>
        $"{(weekly ? $"{Days[minute / 1440]} " : "")}{(minute / 60) % 24:00}:{minute % 60:00}";

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
