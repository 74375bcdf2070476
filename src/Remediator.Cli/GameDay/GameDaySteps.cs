using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Cli.GameDay;

/// <summary>What a step of the exercise did, and how long it took.</summary>
internal sealed record GameDayStep(string Name, bool Holds, string Says, TimeSpan Took)
{
    /// <summary>The calls that changed something, refused ones included.</summary>
    public ImmutableArray<PlannedCall> Calls { get; init; } = [];
}

/// <summary>The steps so far, each with its time and the calls that the service made in it.</summary>
internal sealed class GameDaySteps(TimeProvider clock, Action<string> progress)
{
    private readonly List<GameDayStep> _all = [];
    private int _told;

    public IReadOnlyList<GameDayStep> All => _all;

    /// <summary>The changing calls of the service in this process so far.</summary>
    public Func<IReadOnlyCollection<PlannedCall>> Calls { get; set; } = () => [];

    /// <summary>Whether the next step may follow. What AWS refuses is a step that does not hold.</summary>
    public async Task<bool> RunAsync(string name, Func<Task<(bool Holds, string Says)>> act)
    {
        progress(name);
        var begun = clock.GetTimestamp();
        try
        {
            var (holds, says) = await act();
            Add(holds, says);
        }
        catch (Exception fault) when (fault is AwsException or Amazon.Runtime.AmazonServiceException)
        {
            Add(holds: false, fault.Message);
        }

        return _all[^1].Holds;

        void Add(bool holds, string says)
        {
            ImmutableArray<PlannedCall> calls = [.. Calls().Skip(_told)];
            _told += calls.Length;
            _all.Add(new(name, holds, says, clock.GetElapsedTime(begun)) { Calls = calls });
        }
    }
}
