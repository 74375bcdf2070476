using System.Collections.Immutable;

namespace Remediator.JmesPath.Reads;

/// <summary>Where in the root a value may come from.</summary>
public abstract record Reach
{
    private Reach()
    {
    }

    /// <summary>Nowhere: a literal, or something computed.</summary>
    public static Reach Nothing { get; } = new Computed();

    public sealed record Computed : Reach;

    /// <param name="Path">Empty for the root itself.</param>
    public sealed record At(string Path) : Reach;

    public sealed record List(Reach Item) : Reach;

    public sealed record Hash(ImmutableArray<(string Name, Reach Value)> Properties) : Reach;

    public sealed record Either(Reach First, Reach Second) : Reach;
}
