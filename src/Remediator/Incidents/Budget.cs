namespace Remediator.Incidents;

/// <summary>A limit on changes: so many under one name in one window.</summary>
internal sealed record Budget(string Name, int Limit, DateTimeOffset WindowEnds)
{
    /// <summary>A change that begins looks at the count and does not add to it.</summary>
    public bool IsBreaker { get; init; }

    /// <summary>Which part of a large budget this is: <see cref="Limit"/> is then the part's own.</summary>
    public int Part { get; init; }

    /// <summary>
    /// Counted with this, no more than so many changes may begin in the window, however they end: a breaker half-opens for one.
    /// </summary>
    public int? Trials { get; init; }
}
