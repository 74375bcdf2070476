using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Sweep;

/// <summary>Findings without an event are found by asking Config, a limited number in one pass.</summary>
public sealed class BacklogTests : IBacklog, IQueue
{
    private const int Pages = 5;
    private const int PageSize = 100;

    private readonly TestClock _clock = new();
    private readonly FakeAws _aws = new();
    private readonly MemoryJournal _journal;
    private readonly List<string> _sent = [];
    private readonly List<(string Rule, string? Page)> _asked = [];
    private bool _isBusy;

    public BacklogTests() => _journal = new(_clock, TimeSpan.FromMinutes(2));

    [Fact]
    public async Task Each_pass_is_limited_and_the_next_continues_until_everything_was_handed_over_once()
    {
        var counts = new List<int>();
        for (var pass = 0; pass < 8; pass++)
        {
            counts.Add((await Sweeper().SweepAsync(CancellationToken.None)).Found);
        }

        Assert.Equal([200, 200, 100, 0, 0, 0, 0, 0], counts);
        Assert.Equal(Pages * PageSize, Changes().Select(c => c.Resource).Distinct().Count());
        Assert.All(_asked, a => Assert.Equal("ours", a.Rule));
    }

    [Fact]
    public async Task Next_round_begins_when_the_policy_says_so()
    {
        await RoundAsync();
        var asked = _asked.Count;
        await RoundAsync();
        Assert.Equal(asked, _asked.Count);

        _clock.Advance(TimeSpan.FromHours(7));
        await RoundAsync();

        Assert.Equal(2 * asked, _asked.Count);
    }

    [Fact]
    public async Task Nothing_is_asked_while_events_wait_in_the_queue()
    {
        _isBusy = true;

        Assert.Equal(0, (await Sweeper().SweepAsync(CancellationToken.None)).Found);

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Resource_that_has_an_incident_is_not_handed_over()
    {
        var known = Some.Incident(Some.Bucket("bucket-0-0"), new("ours", Arn("ours")), now: _clock.GetUtcNow());
        await _journal.ClaimAsync(known, CancellationToken.None);

        await RoundAsync();

        Assert.Equal((Pages * PageSize) - 1, _sent.Count);
        Assert.DoesNotContain(Changes(), c => c.Resource == known.Resource);
    }

    [Fact]
    public async Task Handed_over_change_has_Configs_values_and_is_not_a_first_result()
    {
        await RoundAsync();

        var change = Changes().First();
        Assert.Equal(new RuleRef("ours", Arn("ours")), change.Rule);
        Assert.Equal((Some.Time, "why", false), (change.RecordedAt, change.Annotation, change.IsFirst));
    }

    Task<IReadOnlyList<string>?> IBacklog.NonCompliantRulesAsync(string account, string region, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>?>(null);

    Task<IReadOnlyList<ConfigRule>> IBacklog.RulesAsync(
        string account, string region, IReadOnlyList<string>? names, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ConfigRule>>([
            new("ours", Arn("ours"), "AWS", Steps.PublicAccess, Json.EmptyObject),
            new("theirs", Arn("theirs"), "AWS", "NO_PLAYBOOK_ANSWERS_THIS", Json.EmptyObject),
            // A custom rule whose source has the name of one of AWS's rules.
            new("alike", Arn("alike"), "CUSTOM_LAMBDA", Steps.PublicAccess, Json.EmptyObject),
        ]);

    Task<BacklogPage> IBacklog.NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct)
    {
        _asked.Add((rule, page));
        var number = page is null ? 0 : int.Parse(page, System.Globalization.CultureInfo.InvariantCulture);
        var found = Enumerable.Range(0, PageSize).Select(
            i => new NonCompliant("AWS::S3::Bucket", $"bucket-{number}-{i}", Some.Time, "why"));
        return Task.FromResult(new BacklogPage([.. found], number + 1 < Pages ? $"{number + 1}" : null));
    }

    Task<int> IQueue.WaitingAsync(CancellationToken ct) => Task.FromResult(_isBusy ? 1 : 0);

    Task IQueue.SendAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        _sent.AddRange(bodies);
        return Task.CompletedTask;
    }

    private static string Arn(string rule) => $"arn:aws:config:{FakeAws.Region}:{FakeAws.Account}:config-rule/config-rule-{rule}";

    private IEnumerable<ComplianceChange> Changes() =>
        _sent.Select(
            body => Assert.IsType<Received.Change>(EventReader.Read(Encoding.UTF8.GetBytes(body), Intake.EventReaderTests.Now)).Of);

    private async Task RoundAsync()
    {
        for (var pass = 0; pass < 5; pass++)
        {
            await Sweeper().SweepAsync(CancellationToken.None);
        }
    }

    /// <summary>A new process each time: its state is in the journal.</summary>
    private Sweeper Sweeper()
    {
        var foundation = new Foundation(
            _aws,
            _journal,
            new SnsPublisher(_aws),
            new AwsConfigService(_aws, _clock),
            new AwsTags(_aws, new FakeTags(_aws)),
            _clock,
            NullLoggerFactory.Instance)
        {
            OwnAccount = FakeAws.Account,
            Backlog = new(this, new AwsAggregator(_aws), this, FakeAws.Account, FakeAws.Region),
        };
        var policy = PolicyReader.Read("policy.yaml", "{defaults: {mode: observe}, backlog: {per-sweep: 150}}");
        return new Composition(foundation, policy, new PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks")), new("people", null))
            .Sweeper;
    }
}
