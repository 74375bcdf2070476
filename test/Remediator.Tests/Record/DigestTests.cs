using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;
using Remediator.Testing.Record.Dynamo;
using Xunit.Abstractions;

namespace Remediator.Tests.Record;

/// <summary>The aggregate is written together with the incident, used only if its seal holds, and repaired by a command.</summary>
public sealed class DigestTests(ITestOutputHelper output) : IDisposable
{
    private const string ManyVariable = "REMEDIATOR_REPORT_INCIDENTS";

    private static readonly IFormatProvider Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private readonly TestClock clock = new();
    private readonly FixedKey key = new("journal");
    private readonly DynamoInMemory table = new();

    private DynamoDigests Digests => new(table, new("journal"), key, clock);

    public void Dispose() => table.Dispose();

    [Fact]
    public async Task End_of_an_incident_and_its_place_in_the_aggregate_are_one_transaction_of_sealed_items()
    {
        var (dynamo, sent) = (new Mock<IAmazonDynamoDB>(), new List<TransactWriteItemsRequest>());
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .Callback((TransactWriteItemsRequest request, CancellationToken _) => sent.Add(request))
            .ReturnsAsync(new TransactWriteItemsResponse());
        var journal = new DynamoJournal(dynamo.Object, new("journal"), key, clock);

        await journal.ReleaseAsync(Closed("a"), new("token", clock.GetUtcNow()), default);

        var seal = (await key.SealAsync(default))!;
        var puts = Assert.Single(sent).TransactItems.Where(i => i.Put?.Item.ContainsKey("digest") is true);
        var items = puts.Select(i => i.Put.Item).ToList();
        Assert.Equal(["ended#2026-10-02#", "rule#some-rule#"], items.Select(i => i["pk"].S[..^1]));
        Assert.All(items, item => Assert.True(seal.Holds(item)));
        Assert.All(
            items,
            item => Assert.Equal(clock.GetUtcNow().AddDays(400).ToUnixTimeSeconds(), long.Parse(item["expires"].N, Invariant)));
    }

    [Fact]
    public async Task Forged_and_changed_items_are_in_no_figure_and_are_counted_as_such()
    {
        var incidents = await EndAsync("a", "b", "c");
        var forged = table.Items.First(i => i["pk"].S.StartsWith("ended", StringComparison.Ordinal));
        var moved = new Dictionary<string, AttributeValue>(Item(incidents[^1])) { ["sk"] = new("other") };
        forged["digest"] = new(forged["digest"].S.Replace("some-rule", "another", StringComparison.Ordinal));
        table.Put(moved);

        var ended = await Digests.EndedAsync(Some.Time.AddDays(-1), default);

        Assert.Equal((2, 2), (ended.Items.Count, ended.Unbelieved));
        Assert.DoesNotContain(ended.Items, d => d.Rule == "another");
    }

    [Fact]
    public async Task Rebuilding_puts_right_what_was_deleted_forged_or_is_of_before_and_leaves_what_is_newer()
    {
        Incident[] all = [.. await EndAsync("deleted", "forged", "right", "newer")];
        table.Delete(Item(all[0]));
        Item(all[1])["digest"] = new("{}");
        await EndAsync(all[3] with { Version = 9, Reason = Reason.Failed });

        var rebuilt = await Digests.RebuildAsync(all.ToAsyncEnumerable(), _ => { }, default);

        Assert.Equal((4, 2), (rebuilt.Incidents, rebuilt.Written));
        var ended = await Digests.EndedAsync(Some.Time.AddDays(-1), default);
        Assert.Equal((4, 0), (ended.Items.Count, ended.Unbelieved));
        Assert.Equal(Reason.Failed, ended.Items.Single(d => d.Id == all[3].Id).Reason);
        Assert.Equal(0, (await Digests.RebuildAsync(all.ToAsyncEnumerable(), _ => { }, default)).Written);
    }

    [Fact]
    public async Task Digest_is_small_and_holds_no_value_of_a_setting()
    {
        var secret = Some.Planned() with { Inputs = Some.Json("""{"secret":"hidden"}""") };
        await EndAsync(Closed("a") with { Change = secret });

        Assert.All(table.Items, item => Assert.DoesNotContain("hidden", item["digest"].S, StringComparison.Ordinal));
        Assert.All(table.Items, item => Assert.InRange(item["digest"].S.Length, 1, 800));
    }

    /// <summary>REMEDIATOR_REPORT_INCIDENTS=100000 reproduces the documented figure.</summary>
    [Fact]
    public async Task Report_of_many_incidents_reads_pages_and_no_table()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable(ManyVariable), out var many) ? many : 4000;
        for (var n = 0; n < count; n++)
        {
            await EndAsync(Closed($"bucket-{n}", n % 60, clock.GetUtcNow().AddDays(-n % 30).AddSeconds(-n / 30)));
        }

        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var ended = await Digests.EndedAsync(clock.GetUtcNow().AddDays(-31), default);
        var read = watch.Elapsed;
        var report = Report.Of(ended.Items, clock.GetUtcNow().AddDays(-31), clock.GetUtcNow(), Grouping.Rule, 15);

        output.WriteLine(
            $"{count} ended incidents of 30 days: {table.Queries} queries, {table.BytesRead / 1e6:0.0} MB "
            + $"({table.BytesRead / 8192} read units), {read.TotalSeconds:0.00} s to read and prove, "
            + $"{(watch.Elapsed - read).TotalSeconds:0.00} s to add up, {(Cpu(process) - before).TotalSeconds:0.00} s of processor time "
            + "(no network)");
        Assert.Equal((count, count), (report.Total.Incidents, report.Total.Fixed));
        Assert.InRange(table.Queries, 1, 32 * 8 + table.BytesRead / 500_000);
    }

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static Incident Closed(string bucket, int rule = 0, DateTimeOffset? at = null)
    {
        var opened = at ?? Some.Time;
        var incident = Some.Incident(Some.Bucket(bucket), Some.Rule(rule == 0 ? "some-rule" : $"rule-{rule}"), opened, opened) with
        {
            Change = Some.Planned(),
            Terms = new() { Owner = "platform", AccountName = "shop-prod", Playbook = "s3/bucket-public-access-block", Mode = Mode.Auto },
        };
        var begun = Transitions.Begun(incident, 0, opened, opened);
        return Transitions.Closed(
            Transitions.Fixed(begun, begun.Plan!, opened.AddSeconds(9), opened), Compliance.Compliant, opened, opened.AddMinutes(5));
    }

    private Dictionary<string, AttributeValue> Item(Incident incident) =>
        table.Items.Single(i => i["sk"].S == incident.Id && i["pk"].S.StartsWith("ended", StringComparison.Ordinal));

    private async Task<List<Incident>> EndAsync(params string[] buckets)
    {
        var incidents = buckets.Select(b => Closed(b)).ToList();
        foreach (var incident in incidents)
        {
            await EndAsync(incident);
        }

        return incidents;
    }

    /// <summary>The items that the transaction at an incident's end adds.</summary>
    private async Task EndAsync(Incident incident)
    {
        foreach (var write in Digests.Writes(incident))
        {
            (await key.SealAsync(default))!.Set(write.Put.Item);
            table.Put(write.Put.Item);
        }
    }
}
