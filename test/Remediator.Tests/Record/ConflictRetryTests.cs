using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>What costs a write another try, and what is an answer.</summary>
public sealed class ConflictRetryTests
{
    [Theory]
    [InlineData("TransactionConflict", true)]
    [InlineData("ThrottlingError", true)]
    [InlineData("ProvisionedThroughputExceeded", true)]
    [InlineData("None TransactionConflict", true)]
    [InlineData("ConditionalCheckFailed", false)]
    [InlineData("TransactionConflict ConditionalCheckFailed", false)]
    [InlineData("ValidationError", false)]
    public async Task Transaction_that_met_another_is_tried_again_and_one_that_was_refused_is_not(string codes, bool isTriedAgain)
    {
        var cancelled = new TransactionCanceledException("cancelled")
        {
            CancellationReasons = [.. codes.Split(' ').Select(code => new CancellationReason { Code = code })],
        };

        var (done, tries) = await TriedAsync(cancelled);

        Assert.Equal((isTriedAgain, isTriedAgain ? 2 : 1), (done, tries));
        Assert.Equal(codes.Contains("Conditional", StringComparison.Ordinal), ConflictRetry.IsRefusal(cancelled));
    }

    [Fact]
    public async Task Single_write_that_met_a_transaction_is_tried_again_and_a_fault_is_not()
    {
        Assert.Equal((true, 2), await TriedAsync(new TransactionConflictException("met")));
        Assert.Equal((false, 1), await TriedAsync(new InternalServerErrorException("down")));
    }

    [Fact]
    public async Task Tries_end_with_what_was_in_the_way()
    {
        var tries = 0;

        await Assert.ThrowsAsync<JournalBusyException>(() => new ConflictRetry(new TestClock()).RunAsync<int>(
            () =>
            {
                tries++;
                throw new TransactionConflictException("met");
            },
            default));

        Assert.Equal(7, tries);
    }

    private static async Task<(bool Done, int Tries)> TriedAsync(AmazonDynamoDBException first)
    {
        var tries = 0;
        try
        {
            return (await new ConflictRetry(new TestClock()).RunAsync(
                () => ++tries == 1 ? throw first : Task.FromResult(true), default), tries);
        }
        catch (AmazonDynamoDBException)
        {
            return (false, tries);
        }
    }
}
