using System.Collections.Immutable;

namespace Remediator.JmesPath.Reads;

/// <summary>Where in the root a value may come from.</summary>
internal abstract record Reach
{
    private Reach()
    {
    }

    /// <summary>Nowhere: a literal, or something computed.</summary>
    public static Reach Nothing { get; } = new Computed();

    internal sealed record Computed : Reach;

    /// <param name="Path">Empty for the root itself.</param>
    internal sealed record At(string Path) : Reach;

    internal sealed record List(Reach Item) : Reach;

    internal sealed record Hash(ImmutableArray<(string Name, Reach Value)> Properties) : Reach;

    internal sealed record Either(Reach First, Reach Second) : Reach;
}
