using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Sweep;

/// <summary>
/// A round over a large organisation, simulated: every call of Config takes a tenth of a second of simulated time, one after the
/// other, a sweep runs every five minutes, and of fifty rules in each region of each account five have findings.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BacklogScaleTests(ITestOutputHelper output) : IBacklog, IAggregator
{
    private const int Accounts = 200;
    private const int Rules = 50;
    private const int Broken = 5;
    private static readonly string[] Others =
    [
        "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1",
        "eu-central-1", "eu-central-2", "eu-south-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2",
        "ap-east-1", "me-south-1",
    ];

    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private readonly TestClock clock = new();
    private readonly HashSet<(string Account, string Region, string Rule)> asked = [];
    private int calls;

    [Theory]
    [InlineData("", 3)]
    [InlineData(", aggregator: {name: organization}", 2.1)]
    public async Task Round_over_two_hundred_accounts_in_twenty_regions_takes_less_than_six_hours(string aggregator, double callsBeside)
    {
        var (service, began, passes) = (Service(aggregator), clock.GetUtcNow(), 0);
        for (; asked.Count < Accounts * (Others.Length + 1) * Broken; passes++)
        {
            var pass = clock.GetUtcNow();
            await service.Sweeper.SweepAsync(CancellationToken.None);
            Assert.InRange(clock.GetUtcNow() - pass, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            clock.Advance(pass + Every - clock.GetUtcNow());
        }

        var took = clock.GetUtcNow() - began;
        output.WriteLine(
            $"{Accounts} accounts x {Others.Length + 1} regions x {Rules} rules{aggregator}: {calls} calls, {passes} passes, "
            + $"{took.TotalHours:0.0} h");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromHours(6));
        Assert.InRange(calls, 0, Accounts * (Others.Length + 1) * (Broken + callsBeside));
    }

    Task<IReadOnlyList<string>?> IBacklog.NonCompliantRulesAsync(string account, string region, CancellationToken ct)
    {
        Spend();
        return Task.FromResult<IReadOnlyList<string>?>([.. Enumerable.Range(0, Broken).Select(n => $"rule-{n}")]);
    }

    /// <summary>A page of each query for every thousand lines; all is asked anew in each pass.</summary>
    Task<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>> IAggregator.NonCompliantRulesAsync(
        Aggregator from, IEnumerable<string> regions, CancellationToken ct)
    {
        var places = (from region in regions
                      from account in Enumerable.Range(0, Accounts)
                      select (account == 0 ? FakeAws.Account : $"{199_999_999_999 + account + 1}", region)).ToArray();
        for (var call = 0; call < 1 + Others.Length + 1 + (places.Length * Broken / 1000); call++)
        {
            Spend();
        }

        IReadOnlyList<string> broken = [.. Enumerable.Range(0, Broken).Select(n => $"rule-{n}")];
        return Task.FromResult<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>>(
            places.ToDictionary(p => p, _ => broken));
    }

    Task<IReadOnlyList<ConfigRule>> IBacklog.RulesAsync(string account, string region, IReadOnlyList<string>? names, CancellationToken ct)
    {
        Spend();
        return Task.FromResult<IReadOnlyList<ConfigRule>>(
            [.. (names ?? []).Select(n => new ConfigRule(n, $"arn:{n}", "AWS", Steps.PublicAccess, Json.EmptyObject))]);
    }

    Task<BacklogPage> IBacklog.NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct)
    {
        Spend();
        asked.Add((account, region, rule));
        return Task.FromResult(new BacklogPage([], null));
    }

    private void Spend()
    {
        calls++;
        clock.Advance(Call);
    }

    private Composition Service(string aggregator)
    {
        var aws = new FakeAws();
        var foundation = new Foundation(
            aws,
            new MemoryJournal(clock, TimeSpan.FromMinutes(2)),
            new SnsPublisher(aws),
            new AwsConfigService(aws, clock),
            new AwsTags(aws, new FakeTags(aws)),
            clock,
            NullLoggerFactory.Instance)
        {
            OwnAccount = FakeAws.Account,
            Backlog = new(this, this, null, FakeAws.Account, FakeAws.Region),
        };
        var accounts = string.Join(", ", Enumerable.Range(1, Accounts - 1).Select(n => $"'{200_000_000_000 + n}'"));
        var regions = string.Join(", ", Others);
        var policy = PolicyReader.Read(
            "policy.yaml", $"{{defaults: {{mode: observe}}, backlog: {{accounts: [{accounts}], regions: [{regions}]{aggregator}}}}}");
        return new(foundation, policy, new PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks")), new("people", null));
    }
}
