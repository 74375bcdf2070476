using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>A setting as AWS Config recorded it.</summary>
/// <param name="Good">While the rule held.</param>
/// <param name="Bad">When the rule found it wrong.</param>
/// <param name="Latest">Last.</param>
internal readonly record struct RecordedValues(JsonElement Good, JsonElement Bad, JsonElement Latest)
{
    public bool IsDrift(Canonical canonical) => !canonical.Same(Good, Bad);

    public RecordedValues Member(string name) => new(Good.Member(name), Bad.Member(name), Latest.Member(name));

    /// <summary>Each member was recorded as one of the other setting, with the same values.</summary>
    public bool IsPartOf(RecordedValues whole) => Holds(whole.Good, Good) && Holds(whole.Bad, Bad) && Holds(whole.Latest, Latest);

    private static bool Holds(JsonElement whole, JsonElement part) => whole.IsObject() && part.IsObject()
        && part.EnumerateObject().All(m => new Canonical([]).Same(whole.Member(m.Name), m.Value));

    /// <summary>The setting as a whole is a list.</summary>
    public bool IsList(JsonElement live)
    {
        JsonElement[] values = [Good, Bad, Latest, live];
        return values.Any(v => v.IsList()) && values.All(v => v.IsList() || v.IsNull());
    }
}
