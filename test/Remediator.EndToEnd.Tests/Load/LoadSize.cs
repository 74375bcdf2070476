using Remediator.Testing;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>The size of a load test.</summary>
/// <param name="EventsEach">The number of events for each drift.</param>
/// <param name="Processes">The number of concurrent batches; the queue also has one broken message for each.</param>
/// <param name="Visibility">The time after which a failed message comes again.</param>
/// <param name="MostReceives">The number of deliveries before the dead-letter queue.</param>
internal sealed record LoadSize(int Resources, int Accounts, int EventsEach, int Processes, TimeSpan Visibility, int MostReceives)
{
    private static readonly LoadSize Small = new(20, 4, 20, 4, TimeSpan.FromSeconds(5), 3);
    private static readonly LoadSize Full = new(500, 20, 20, 8, TimeSpan.FromSeconds(30), 5);

    /// <summary>Every test run has the small size; REMEDIATOR_LOAD=full selects the large one.</summary>
    public static LoadSize Asked => FullRun.IsAsked ? Full : Small;

    public int Messages => (Resources * EventsEach) + Processes;
}
