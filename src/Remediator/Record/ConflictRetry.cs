using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// Writes that meet another transaction on an item cost a try, not an answer: two transactions, and also a single write, such as a
/// count or the order to stop, that meets one.
/// </summary>
internal sealed class ConflictRetry(TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(1600);

    /// <exception cref="JournalBusyException">Others were there each time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> write, CancellationToken ct)
    {
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return await write();
            }
            catch (AmazonDynamoDBException e) when (IsConflict(e))
            {
                if (pause > LongestPause)
                {
                    throw new JournalBusyException(e);
                }

                await Task.Delay(Jittered(pause), clock, ct);
            }
        }
    }

    /// <summary>A condition did not hold: no further try would change that.</summary>
    public static bool IsRefusal(TransactionCanceledException e) => e.CancellationReasons.Any(r => r.Code is "ConditionalCheckFailed");

    private static bool IsConflict(AmazonDynamoDBException e) => e is TransactionConflictException
        || (e is TransactionCanceledException cancelled && !IsRefusal(cancelled)
            && cancelled.CancellationReasons.Any(
                r => r.Code is "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded"));

    /// <summary>Those that met once must not meet again at the same moment.</summary>
    private static TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + (Random.Shared.NextDouble() / 2));
}
