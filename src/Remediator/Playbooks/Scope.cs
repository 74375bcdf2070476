using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>The values that a playbook's expressions see, by name. Immutable: <see cref="With"/> returns a new one.</summary>
internal sealed class Scope(ImmutableSortedDictionary<string, JsonElement> values)
{
    private JsonElement? _root;

    public static Scope Empty { get; } = new(ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal));

    /// <summary>The values, for evaluation without copying them.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Members => values;

    /// <summary>The values as one object.</summary>
    public JsonElement Root => _root ??= Json.Object(values);

    public JsonElement this[string name] => values.TryGetValue(name, out var value) ? value : Json.Null;

    public Scope With(string name, JsonElement value) => new(values.SetItem(name, value));

    /// <summary>Adds a member to the object that <paramref name="name"/> names.</summary>
    public Scope WithMember(string name, string member, JsonElement value) =>
        With(name, Merging.Merge(this[name], Json.Object([KeyValuePair.Create(member, value)])));

    public static Scope From(JsonElement root) =>
        new(root.EnumerateObject().ToImmutableSortedDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal));
}
