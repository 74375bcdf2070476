using Remediator.Aws;

namespace Remediator.Cli.GameDay;

/// <summary>What was removed at the end of an exercise, and what could not be.</summary>
internal sealed class Cleaned(ExerciseBuckets buckets)
{
    private readonly List<string> _removed = [];
    private readonly List<(string Bucket, string Why)> _left = [];

    public IReadOnlyList<string> Removed => _removed;

    public IReadOnlyList<(string Bucket, string Why)> Left => _left;

    /// <summary>One that cannot be removed keeps no other from it.</summary>
    public async Task RemoveAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        foreach (var bucket in names)
        {
            try
            {
                await buckets.RemoveAsync(bucket, ct);
                _removed.Add(bucket);
            }
            catch (AwsException fault)
            {
                _left.Add((bucket, fault.Message));
            }
            catch (OperationCanceledException)
            {
                _left.Add((bucket, "There was no time left to remove it."));
            }
        }
    }
}
