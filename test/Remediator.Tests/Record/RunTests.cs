using Moq;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>What is looked at before each call that changes something.</summary>
public sealed class RunTests
{
    private readonly TestClock clock = new();
    private readonly Mock<IJournal> journal = new();

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task No_call_begins_with_too_little_of_the_lease_left()
    {
        var run = With(Some.Incident());
        clock.Advance(Limits.LeaseTime - Limits.LeaseReserve - TimeSpan.FromTicks(1));
        await run.CheckAsync(default);

        clock.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<LeaseLostException>(() => run.CheckAsync(default));
    }

    [Fact]
    public async Task Stop_is_known_after_a_few_seconds()
    {
        var run = With(Some.Incident());
        await run.CheckAsync(default);
        journal.Setup(j => j.WhyStoppedAsync(default)).ReturnsAsync("a bad day");
        clock.Advance(Limits.StopKnownFor - TimeSpan.FromTicks(1));
        await run.CheckAsync(default);

        clock.Advance(TimeSpan.FromTicks(1));

        var stopped = await Assert.ThrowsAsync<ChangesStoppedException>(() => run.CheckAsync(default));
        Assert.Contains("a bad day", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(IncidentState.Undoing), false, false)]
    [InlineData(nameof(IncidentState.Undoing), true, true)]
    [InlineData(nameof(IncidentState.Applying), false, true)]
    public async Task Undo_of_a_person_is_not_stopped_and_all_else_is(string state, bool hasReason, bool isStopped)
    {
        journal.Setup(j => j.WhyStoppedAsync(default)).ReturnsAsync("a bad day");
        var run = With(Some.Incident() with
        {
            State = Enum.Parse<IncidentState>(state),
            Reason = hasReason ? Reason.NotVerified : null,
        });

        var error = await Xunit.Record.ExceptionAsync(() => run.CheckAsync(default));

        Assert.Equal(isStopped, error is ChangesStoppedException);
    }

    [Fact]
    public async Task What_the_beginning_saw_is_not_asked_for_again()
    {
        var run = With(Some.Incident());
        var begun = Some.Incident() with { Version = 7 };
        journal.Setup(j => j.BeginAsync(It.IsAny<Incident>(), It.IsAny<Lease>(), It.IsAny<IReadOnlyList<Budget>>(), default))
            .ReturnsAsync(new Begun.Yes(begun) { AllowedAt = Now });

        await run.BeginAsync(Some.Incident(), [], default);
        await run.CheckAsync(default);

        Assert.Same(begun, run.Incident);
        journal.Verify(j => j.WhyStoppedAsync(It.IsAny<CancellationToken>()), Moq.Times.Never);
    }

    [Fact]
    public async Task Change_that_may_not_begin_leaves_the_run_as_it_is()
    {
        var run = With(Some.Incident());
        journal.Setup(j => j.BeginAsync(It.IsAny<Incident>(), It.IsAny<Lease>(), It.IsAny<IReadOnlyList<Budget>>(), default))
            .ReturnsAsync(new Begun.Stopped("a bad day"));

        Assert.IsType<Begun.Stopped>(await run.BeginAsync(Some.Incident() with { Version = 7 }, [], default));
        Assert.Equal(0, run.Incident.Version);
    }

    [Fact]
    public void Run_without_a_plan_says_what_is_missing()
    {
        var incident = Some.Incident();

        var error = Assert.Throws<InvalidOperationException>(() => With(incident).Change);

        Assert.Equal($"Incident {incident.Id} is Open without a plan.", error.Message);
        Assert.NotNull(With(incident with { Change = Some.Planned() }).Change);
    }

    [Fact]
    public async Task Stop_that_was_looked_for_is_not_asked_for_again_at_once()
    {
        var run = With(Some.Incident());

        await run.CheckAsync(default);
        await run.CheckAsync(default);

        journal.Verify(j => j.WhyStoppedAsync(It.IsAny<CancellationToken>()), Moq.Times.Once);
    }

    private Run With(Incident incident) => new(journal.Object, incident, new("token", Now + Limits.LeaseTime), clock);
}
