using Amazon.DynamoDBv2;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;
using Remediator.Testing.Record.Dynamo;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests.Record;

/// <summary>A journal that many write to at once, or that is throttled, is no defect of this program and calls no person.</summary>
public sealed class BusyJournalTests : IDisposable
{
    private readonly DynamoInMemory dynamo = new();

    public void Dispose() => dynamo.Dispose();

    [Fact]
    public async Task Change_that_could_not_be_counted_comes_later_and_nobody_is_called()
    {
        await using var host = new InMemoryHost(clock => new DynamoJournal(dynamo, new("journal"), new FixedKey("journal"), clock));
        await host.UsePolicyAsync("{defaults: {mode: auto}, budgets: {per-hour: 400}}");
        var (_, _, change) = await host.OpenBucketAsync(Steps.HalfBlocked);
        dynamo.IsBusy = key => key.Pk.StartsWith("budget#", StringComparison.Ordinal);

        var ended = await host.SendAsync(change);

        Assert.Equal("pending", ended.Outcome);
        Assert.DoesNotContain(host.Calls, c => c is "s3:PutPublicAccessBlock");
        Assert.Empty(await host.NoticesAsync());

        dynamo.IsBusy = _ => false;
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.SweepAsync();
        Assert.Equal(IncidentState.Fixed, (await host.IncidentAsync(ended.Incident!))!.State);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Worker_that_does_not_hear_when_a_lease_ends_takes_it_for_a_whole_one()
    {
        var clock = new TestClock();
        var incident = Some.Incident(now: clock.GetUtcNow());
        dynamo.Put(DynamoItems.LeaseKey(incident.Resource));

        var taken = await new DynamoJournal(dynamo, new("journal"), new FixedKey("journal"), clock).ClaimAsync(incident, default);

        Assert.Equal(clock.GetUtcNow() + new JournalSettings("").LeaseTime, Assert.IsType<Claim.Taken>(taken).Until);
    }

    /// <summary>The failure is counted after the breaker was found half-open, and before the trial is.</summary>
    [Fact]
    public async Task Trial_does_not_begin_where_a_failure_has_just_opened_the_breaker_again()
    {
        var clock = new TestClock();
        var journal = new DynamoJournal(dynamo, new("journal"), new FixedKey("journal"), clock);
        var breaker = new Budget("failures", 3, clock.GetUtcNow().AddHours(1)) { IsBreaker = true };
        await journal.CountAsync(breaker with { Trials = 1 }, 2, default);
        var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(Some.Incident(now: clock.GetUtcNow()), default));
        var before = dynamo.Transactions;
        dynamo.UnderWay = () =>
        {
            if (dynamo.Transactions - before == 2)
            {
                dynamo.Put(new(dynamo[DynamoItems.BudgetKey(breaker)]!) { ["n"] = DynamoItems.Number(3) });
            }

            return Task.CompletedTask;
        };

        Assert.IsType<Begun.OverBudget>(await journal.BeginAsync(mine.Incident, mine.Lease, [breaker], default));

        Assert.Equal(2, dynamo.Transactions - before);
    }

    [Theory]
    [InlineData("ThrottlingException", 400, true)]
    [InlineData("ProvisionedThroughputExceededException", 400, true)]
    [InlineData("RequestLimitExceeded", 400, true)]
    [InlineData("InternalServerError", 500, true)]
    [InlineData("TransactionConflictException", 400, true)]
    [InlineData("TransactionCanceledException", 400, false)]
    [InlineData("ValidationException", 400, false)]
    [InlineData("AccessDeniedException", 400, false)]
    public void What_passes_is_tried_later_and_what_does_not_is_a_defect(string code, int status, bool passes)
    {
        var answer = new AmazonDynamoDBException("no") { ErrorCode = code, StatusCode = (System.Net.HttpStatusCode)status };

        var later = new Fault(Reason.ThrottledOut, $"The journal could not be written or read ({code}).", true);
        Assert.Equal(passes ? later : null, Fault.Of(answer));
        Assert.Equal(!passes, Defect.Is(answer));
    }
}
