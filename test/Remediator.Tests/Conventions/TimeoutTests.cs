using System.Globalization;
using System.Text.RegularExpressions;
using Remediator.Function.Handlers;
using Remediator.Function.Runtime;
using Remediator.Guard;
using Remediator.Record;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Conventions;

/// <summary>Time limits in different files that depend on each other.</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan Function = Seconds(@"^Globals:\n  Function:\n(?:    .*\n)*?    Timeout: (\d+)$");

    private static readonly TimeSpan Lease = new JournalSettings("journal").LeaseTime;

    private static readonly Limits Limits = Limits.Default;

    [Fact]
    public void A_worker_stops_before_its_function_is_stopped()
    {
        var batch = BatchLimits.Default;

        Assert.True(batch.LastAnswer > TimeSpan.Zero, $"{batch.LastAnswer}");
        Assert.True(RuntimeLoop.Margin > batch.LastAnswer, $"{RuntimeLoop.Margin}, {batch.LastAnswer}");
        Assert.True(batch.LastStart > RuntimeLoop.Margin, $"{batch.LastStart}, {RuntimeLoop.Margin}");
        Assert.True(Function > batch.LastStart, $"{Function}, {batch.LastStart}");
    }

    [Fact]
    public void The_lease_outlasts_the_function_and_the_sweep_waits_for_the_lease()
    {
        Assert.True(Lease > Function, $"{Lease}, {Function}");
        Assert.True(Limits.RunTime > Lease, $"{Limits.RunTime}, {Lease}");
    }

    [Fact]
    public void A_message_comes_again_only_when_the_lease_of_whoever_had_it_is_over() =>
        Assert.True(Seconds(@"^      VisibilityTimeout: (\d+)$") > Lease);

    [Fact]
    public void No_function_has_a_timeout_of_its_own_above_the_common_one() => Assert.All(
        Regex.Matches(Template(), @"^\s+Timeout: (\d+)$", RegexOptions.Multiline),
        m => Assert.True(Of(m.Groups[1]) <= Function, m.Value));

    [Theory]
    [InlineData("lease on a resource", 0)]
    [InlineData("visibility timeout of the queue", 1)]
    public void The_documented_numbers_are_the_ones_in_use(string row, int which)
    {
        var used = which == 0 ? Lease : Seconds(@"^      VisibilityTimeout: (\d+)$");

        Assert.Contains($"\n| {row} | {used.TotalSeconds} s", Documents.Operating, StringComparison.Ordinal);
    }

    private static TimeSpan Seconds(string pattern)
    {
        var match = Regex.Match(Template(), pattern, RegexOptions.Multiline);
        Assert.True(match.Success, pattern);
        return Of(match.Groups[1]);
    }

    private static TimeSpan Of(Capture seconds) => TimeSpan.FromSeconds(int.Parse(seconds.Value, CultureInfo.InvariantCulture));

    private static string Template() => Documents.Read("template.yaml");
}
