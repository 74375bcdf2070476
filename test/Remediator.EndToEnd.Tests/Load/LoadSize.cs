namespace Remediator.EndToEnd.Tests.Load;

/// <summary>How much goes through the queue.</summary>
/// <param name="EventsEach">How often the drift of one resource is told.</param>
/// <param name="Processes">How many batches at once; a broken message for each is in the queue too.</param>
/// <param name="Visibility">After how long a message that was handed back comes again.</param>
/// <param name="MostReceives">How often, before it goes to the dead-letter queue.</param>
internal sealed record LoadSize(int Resources, int Accounts, int EventsEach, int Processes, TimeSpan Visibility, int MostReceives)
{
    private static readonly LoadSize Small = new(20, 4, 20, 4, TimeSpan.FromSeconds(5), 3);
    private static readonly LoadSize Full = new(500, 20, 20, 8, TimeSpan.FromSeconds(30), 5);

    /// <summary>The small run is part of every run of the tests; REMEDIATOR_LOAD=full asks for the other.</summary>
    public static LoadSize Asked => Environment.GetEnvironmentVariable("REMEDIATOR_LOAD") is "full" ? Full : Small;

    public int Messages => (Resources * EventsEach) + Processes;
}
