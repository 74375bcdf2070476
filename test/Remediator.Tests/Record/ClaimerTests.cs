using Moq;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>How long an event waits for its resource, and which incident it opens or closes.</summary>
public sealed class ClaimerTests
{
    private static readonly Func<Incident, ComplianceChange, CancellationToken, Task<Doubt?>> NoDoubt =
        (_, _, _) => Task.FromResult<Doubt?>(null);

    private readonly TestClock clock = new();
    private readonly Mock<IJournal> journal = new();

    private DateTimeOffset Now => clock.GetUtcNow();

    private Claimer Claimer => new(journal.Object, new Limits { RevertWindow = TimeSpan.FromHours(7) }, clock);

    /// <summary>It asks after 100 ms, and after twice as long each time, while the wait ends within 20 seconds.</summary>
    [Fact]
    public async Task Event_waits_twice_as_long_each_time_as_long_as_its_patience_lasts()
    {
        var began = Now;
        Answers(new Claim.Taken(Now.AddMinutes(2)));

        Assert.IsType<Claim.Taken>(await Claimer.ResumeAsync(Some.Incident(), default));

        Assert.Equal(TimeSpan.FromMilliseconds(12_700), Now - began);
        AssertAsked(8);
    }

    [Fact]
    public async Task Wait_that_ends_with_the_patience_is_waited()
    {
        journal.Setup(j => j.ResumeAsync(It.IsAny<Incident>(), default)).ReturnsAsync(() =>
        {
            clock.Advance(Limits.ClaimPatience - TimeSpan.FromMilliseconds(100));
            return new Claim.Taken(Now.AddMinutes(2));
        });

        await Claimer.ResumeAsync(Some.Incident(), default);

        AssertAsked(2);
    }

    [Fact]
    public async Task Resource_that_is_free_again_is_taken()
    {
        var (began, mine) = (Now, new Claim.Mine(Some.Incident(), new("token", Now), IsNew: false));
        Answers(new Claim.Taken(Now.AddMinutes(2)), new Claim.Taken(Now.AddMinutes(2)), mine);

        Assert.Same(mine, await Claimer.ResumeAsync(mine.Incident, default));

        Assert.Equal(TimeSpan.FromMilliseconds(300), Now - began);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 1)]
    public async Task Resource_that_stays_taken_for_longer_than_half_an_hour_is_not_waited_for(int ticks, int asked)
    {
        Answers(new Claim.Taken(Now.AddMinutes(30).AddTicks(ticks)));

        await Claimer.ResumeAsync(Some.Incident(), default);

        AssertAsked(asked);
    }

    [Fact]
    public async Task Sweep_asks_once_and_leaves_what_only_a_later_version_understands()
    {
        var later = Some.Incident() with { State = LaterValues.Read<IncidentState>("Later") };
        Answers(new Claim.Taken(Now.AddMinutes(2)));

        Assert.IsType<Claim.Taken>(await Claimer.TryResumeAsync(Some.Incident(), default));
        Assert.Same(later, Assert.IsType<Claim.NotUnderstood>(await Claimer.TryResumeAsync(later, default)).Incident);

        AssertAsked(1);
    }

    [Fact]
    public async Task Event_opens_an_incident_with_all_that_it_and_the_policy_say()
    {
        var change = Some.Change(Some.Rule(), Some.Bucket(), Some.Time) with
        {
            IsFirst = true,
            CompliantBefore = Some.Time.AddDays(-3),
            OrderedAt = Some.Time.AddSeconds(-2),
            Annotation = "it is open",
            Asked = new(Some.Time.AddDays(-1)) { By = "alice" },
        };
        Incident? opening = null;
        journal.Setup(j => j.ClaimAsync(It.IsAny<Incident>(), default))
            .Callback((Incident incident, CancellationToken _) => opening = incident)
            .ReturnsAsync(new Claim.Answered("an-id"));

        await Claimer.ClaimAsync(change, null, new() { Owner = "platform" }, default);

        Assert.Equal(IncidentId.Of(Incident.KeyOf(change.Resource, change.Rule), Some.Time).Value, opening!.Id);
        Assert.Equal(
            (IncidentState.Open, Now, Now, Now + Limits.OpenAgain), (opening.State, opening.OpenedAt, opening.ChangedAt, opening.Due));
        Assert.Equal(new Terms { Owner = "platform", RevertWindow = TimeSpan.FromHours(7) }, opening.Terms);
        Assert.Equal(change, ComplianceChange.Of(opening) with { IsFirst = opening.Origin.IsFirst });
        Assert.Equal(
            ResourceKey.Global,
            Claimer.Opening(change, null, new() { RuleIdentifier = "IAM_ROOT_ACCESS_KEY_CHECK" }).Resource.Region);
    }

    [Fact]
    public async Task Compliant_event_takes_the_incident_that_it_is_newer_than()
    {
        var open = Some.Incident() with { State = IncidentState.Fixed };
        var mine = new Claim.Mine(open, new("token", Now), IsNew: false);
        Finds(open);
        Answers(mine);

        var (claim, why) = await Claimer.ClaimOpenAsync(Compliant(1), NoDoubt, default);

        Assert.Same(mine, claim);
        Assert.Equal(new($"another worker has incident {open.Id}", MayPass: true), why);
        Assert.Equal((null, new Doubt("no open incident", MayPass: false)), await Claimer.ClaimOpenAsync(Compliant(0), NoDoubt, default));
    }

    [Fact]
    public async Task Compliant_event_without_an_open_incident_says_so() => Assert.Equal(
        (null, new Doubt("no open incident", MayPass: false)), await Claimer.ClaimOpenAsync(Compliant(1), NoDoubt, default));

    [Fact]
    public async Task Incident_of_a_resource_that_is_the_same_in_every_region_is_found_too()
    {
        var open = Some.Incident(Some.Bucket() with { Region = ResourceKey.Global }) with { State = IncidentState.Fixed };
        Finds(open);
        Answers(new Claim.Mine(open, new("token", Now), IsNew: false));

        Assert.IsType<Claim.Mine>((await Claimer.ClaimOpenAsync(Compliant(1), NoDoubt, default)).Claim);
    }

    [Fact]
    public async Task What_keeps_an_incident_open_and_what_is_doubted_is_told_and_nothing_is_taken()
    {
        var open = Some.Incident() with { State = IncidentState.Applying };
        Finds(open);
        var kept = await Claimer.ClaimOpenAsync(Compliant(1), NoDoubt, default);
        Finds(open with { State = IncidentState.Fixed });
        var doubt = new Doubt("it is not so", MayPass: true);
        var doubted = await Claimer.ClaimOpenAsync(Compliant(1), (_, _, _) => Task.FromResult<Doubt?>(doubt), default);

        Assert.Equal(
            (null, new Doubt($"incident {open.Id} is being worked on; Config is asked again once it is done", MayPass: false)), kept);
        Assert.Equal((null, doubt), doubted);
        AssertAsked(0);
    }

    private static ComplianceChange Compliant(int seconds) =>
        Some.Change(Some.Rule(), Some.Bucket(), Some.Time.AddSeconds(seconds), Compliance.Compliant);

    private void Finds(Incident open) => journal.Setup(j => j.FindOpenAsync(open.Key, default)).ReturnsAsync(open);

    /// <summary>One after the other; the last one from then on.</summary>
    private void Answers(params Claim[] claims)
    {
        var next = 0;
        journal.Setup(j => j.ResumeAsync(It.IsAny<Incident>(), default)).ReturnsAsync(() => claims[Math.Min(next++, claims.Length - 1)]);
    }

    private void AssertAsked(int times) =>
        journal.Verify(j => j.ResumeAsync(It.IsAny<Incident>(), It.IsAny<CancellationToken>()), Moq.Times.Exactly(times));
}
