using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>The values of one mapping of the policy, read by their shapes; a word that is left out has its default.</summary>
/// <param name="at">Where the mapping stands.</param>
/// <param name="values">By word, with those that the defaults gave.</param>
/// <param name="said">The words that the file has.</param>
internal sealed class PolicyWords(Place at, IReadOnlyDictionary<string, object> values, IReadOnlySet<string> said)
{
    public Place At { get; } = at;

    public bool Says(string word) => said.Contains(word);

    public bool Has(string word) => values.ContainsKey(word);

    public string? Text(string word) => values.GetValueOrDefault(word) as string;

    public T? Value<T>(string word)
        where T : struct => values.GetValueOrDefault(word) is T value ? value : null;

    public T Given<T>(string word) => (T)values[word];

    public ImmutableArray<T> List<T>(string word) =>
        values.GetValueOrDefault(word) is IReadOnlyList<object> items ? [.. items.Cast<T>()] : [];

    public ImmutableArray<T> Each<T>(string word, Func<PolicyWords, T> make) => [.. List<PolicyWords>(word).Select(make)];

    public ImmutableDictionary<string, ImmutableArray<string>> Table(string word) =>
        values.GetValueOrDefault(word) is IReadOnlyDictionary<string, object> table
            ? table.ToImmutableDictionary(t => t.Key, t => ((IReadOnlyList<object>)t.Value).Cast<string>().ToImmutableArray())
            : ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>A table of mappings.</summary>
    public IEnumerable<(string Name, PolicyWords Words)> Mappings(string word) =>
        values.GetValueOrDefault(word) is IReadOnlyDictionary<string, object> table ? table.Select(t => (t.Key, (PolicyWords)t.Value)) : [];

    /// <summary>A table of texts.</summary>
    public ImmutableSortedDictionary<string, string> Texts(string word) =>
        values.GetValueOrDefault(word) is IReadOnlyDictionary<string, object> table
            ? table.ToImmutableSortedDictionary(t => t.Key, t => (string)t.Value, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    public JsonElement Json(string word) => Value<JsonElement>(word) ?? Values.Json.EmptyObject;
}
