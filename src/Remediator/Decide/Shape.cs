using System.Collections.Immutable;

namespace Remediator.Decide;

/// <summary>What a value of the policy may be. The reader, lint and the JSON schema for editors all go by the same shapes.</summary>
internal abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>Text that is not empty, or only text of a certain form.</summary>
    /// <param name="What">What it is, with its article: "an account".</param>
    /// <param name="Write">What would be right.</param>
    /// <param name="Pattern">The form, for editors.</param>
    /// <param name="IsRight">The same form, for the reader.</param>
    internal sealed record Text(string What, string Write, string? Pattern, Func<string, bool> IsRight) : Shape;

    internal sealed record OneOf(string What, ImmutableArray<string> Values) : Shape;

    /// <summary>A region of AWS, or a pattern that some region has.</summary>
    internal sealed record Region : Shape;

    internal sealed record Flag : Shape;

    internal sealed record Number(int Least, int Most) : Shape;

    /// <summary>A whole number from 0 to 100, with or without a percent sign.</summary>
    internal sealed record Percent : Shape;

    /// <summary>A percentage, or a mapping.</summary>
    internal sealed record PercentOr(Mapping Words) : Shape;

    /// <summary>A time span such as 90s, 15m, 6h or 2d.</summary>
    internal sealed record Duration(bool MayBeZero) : Shape;

    /// <summary>A point in time.</summary>
    internal sealed record Time : Shape;

    /// <summary>One or more items.</summary>
    /// <param name="MayBeOne">A single item may stand without the list.</param>
    internal sealed record List(Shape Item, bool MayBeOne) : Shape;

    /// <summary>One or more names of the operator's own, each with a value.</summary>
    /// <param name="What">What the names are of, in messages.</param>
    /// <param name="Value">What stands under each.</param>
    /// <param name="Key">What the names may be; null for any.</param>
    internal sealed record Table(string What, Shape Value, Text? Key = null) : Shape;

    /// <summary>The playbooks' parameters: names with any value.</summary>
    internal sealed record Parameters : Shape;

    /// <summary>Known words and no others.</summary>
    /// <param name="Name">What the mapping is called in messages.</param>
    /// <param name="Least">How many of its words must be there.</param>
    internal sealed record Mapping(string Name, ImmutableArray<Word> Words, int Least = 0) : Shape
    {
        public Word? Find(string name) => Words.FirstOrDefault(w => w.Name == name);
    }
}

/// <summary>A word of the policy: what may stand under it, and what it means.</summary>
internal sealed record Word(string Name, Shape Shape, string Meaning)
{
    public bool IsRequired { get; init; }

    /// <summary>What counts where the word is left out, as one would write it; null where nothing does.</summary>
    public string? Default { get; init; }
}
