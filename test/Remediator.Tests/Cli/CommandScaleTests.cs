using System.Diagnostics;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Cli;

/// <summary>Commands on a long journal. REMEDIATOR_LOAD=full has 10,000 incidents, and prints the documented times.</summary>
public sealed class CommandScaleTests(ITestOutputHelper output)
{
    private static readonly int Count = FullRun.IsAsked ? 10_000 : 400;

    private readonly CliRun cli = new() { Width = 80 };

    [Fact]
    public async Task Every_command_that_reads_the_journal_reads_a_long_one()
    {
        var last = "";
        for (var n = 0; n < Count; n++)
        {
            last = (await cli.JournaledAsync(Waiting(n))).Id;
        }

        string[][] commands =
        [
            ["incidents"], ["incidents", "--json"], ["incidents", "--state", "all", "--rule", "rule-7"], ["show", last], ["review", last],
            ["plan"], ["problems"], ["report"], ["rollouts"], ["orders"],
            ["explain", "--rule", "S3_BUCKET_VERSIONING_ENABLED", "--resource-type", "AWS::S3::Bucket", "--resource", "bucket-7"],
            ["acknowledge", "--rule", "rule-7", "--yes"], ["hold", "--rule", "rule-8", "--why", "a test", "--yes"],
        ];
        foreach (var command in commands)
        {
            var watch = Stopwatch.StartNew();
            var ran = await cli.RunAsync(command);
            output.WriteLine($"{watch.Elapsed.TotalSeconds,6:0.00} s  remediator {string.Join(' ', command)}");
            Assert.True(ran.ExitCode is 0, $"{string.Join(' ', command)}: {ran.Error}");
        }

        var listed = (await cli.RunAsync("incidents", "--json")).Json.Member("incidents");
        Assert.Equal(Count, listed.GetArrayLength());
    }

    private static Incident Waiting(int n)
    {
        var at = Some.Time.AddMinutes(-n);
        var account = $"{111111111111 + (n % 20)}";
        return Some.Incident(Some.Bucket($"bucket-{n}") with { Account = account }, Some.Rule($"rule-{n % 50}"), at, at) with
        {
            State = IncidentState.Escalated,
            Reason = Reason.NotPermitted,
            Detail = "s3:PutPublicAccessBlock failed: AccessDenied (403).",
            Terms = new() { Owner = $"team-{n % 9}", Mode = Mode.Auto, RuleIdentifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" },
        };
    }
}
