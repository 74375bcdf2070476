using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;
using Made = Remediator.Testing.Some;

namespace Remediator.Tests.Function;

/// <summary>What is counted of an event, by which dimensions, and what only its line has.</summary>
public sealed class OutcomeMetricTests
{
    [Theory]
    [InlineData("production", "Environment", "Environment AccountEnvironment")]
    [InlineData("", "Environment")]
    public async Task Finding_is_counted_by_the_environment_of_its_account_and_its_outcome_names_playbook_and_rule(
        string environment, params string[] dimensions)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: auto, owner: shop{(environment is "" ? "" : $", environment: {environment}")}}}");
        var rule = await host.RuleAsync(PublicAccess);
        var change = Made.Change(rule, await host.BucketAsync("orders", HalfBlocked), host.Now);

        var lines = await LinesAsync(host, Made.Event(change));

        var outcome = Assert.Single(lines, l => l.TryGetProperty(RecordProcessor.OutcomesMetric, out _));
        Assert.Equal(
            ("fixed", "s3/bucket-public-access-block", rule.Name),
            (outcome.TextOf("Outcome"), outcome.TextOf("playbook"), outcome.TextOf("rule")));
        Assert.Equal(["Environment", "Environment Outcome"], Dimensions(outcome));
        var finding = Assert.Single(lines, l => l.TryGetProperty(RecordProcessor.FindingsMetric, out _));
        Assert.Equal(dimensions, Dimensions(finding));
        Assert.Equal(environment is "" ? null : environment, finding.TextOf("AccountEnvironment"));
        Assert.True(finding.TryGetProperty(RecordProcessor.TimeToFixMetric, out _));
    }

    private static async Task<List<JsonElement>> LinesAsync(InMemoryHost host, string body)
    {
        using var output = new MemoryStream();
        var processor = new RecordProcessor(
            host.Service.Pipeline,
            host.Service.DueIncidents,
            new Metrics("test", new JsonLines(output), host.Clock),
            host.Clock,
            NullLogger<RecordProcessor>.Instance);
        await processor.ProcessAsync(new QueueRecord("m1", body, 1, "queue"), host.Ct);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Json.Parse(l))];
    }

    private static IEnumerable<string> Dimensions(JsonElement line) =>
        line.Member("_aws").Member("CloudWatchMetrics")[0].Member("Dimensions").EnumerateArray()
            .Select(set => string.Join(' ', set.EnumerateArray().Select(d => d.GetString())));
}
