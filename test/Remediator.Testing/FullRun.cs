namespace Remediator.Testing;

/// <summary>
/// What takes minutes is tried in part, so that a run of all tests stays short; REMEDIATOR_LOAD=full tries all of it.
/// </summary>
internal static class FullRun
{
    public static bool IsAsked => Environment.GetEnvironmentVariable("REMEDIATOR_LOAD") is "full";

    /// <summary>Each nth, the first among them.</summary>
    public static IEnumerable<T> OrEach<T>(int nth, IEnumerable<T> all) => IsAsked ? all : all.Where((_, i) => i % nth == 0);
}
