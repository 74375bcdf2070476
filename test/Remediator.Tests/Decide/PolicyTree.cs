using System.Text.Json.Nodes;
using Remediator.Decide;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Remediator.Tests.Decide;

/// <summary>A policy as a tree that can be changed at any place, and written as YAML or JSON.</summary>
internal abstract record PolicyTree
{
    /// <summary>A scalar as written in the file, including quotes.</summary>
    internal sealed record Leaf(string Raw) : PolicyTree;

    internal sealed record List(params PolicyTree[] Items) : PolicyTree;

    internal sealed record Map(params (string Key, PolicyTree Value)[] Entries) : PolicyTree;

    public static PolicyTree Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Of(stream.Documents[0].RootNode);
    }

    public string Yaml() => this switch
    {
        Leaf leaf => leaf.Raw,
        // An empty last item would leave a trailing comma, which YAML accepts.
        List list => $"[{string.Join(", ", list.Items.Select(i => i is Leaf { Raw: "" } ? "~" : i.Yaml()))}]",
        Map map => $"{{{string.Join(", ", map.Entries.Select(e => $"{Key(e.Key)}: {e.Value.Yaml()}"))}}}",
        _ => throw new InvalidOperationException(),
    };

    private static string Key(string key) => key.All(char.IsAsciiDigit) ? $"'{key}'" : key;

    /// <summary>The same for a JSON schema; null if a keyword is repeated, which JSON cannot express.</summary>
    public JsonNode? Json() => this switch
    {
        List list => new JsonArray([.. list.Items.Select(i => i.Json())]),
        Map map => new JsonObject(map.Entries.DistinctBy(e => e.Key).Select(e => KeyValuePair.Create(e.Key, e.Value.Json()))),
        Leaf { Raw: ['\'', .. var text, '\''] } => JsonValue.Create(text),
        Leaf leaf => PlainYaml.KindOf(new YamlScalarNode(leaf.Raw) { Style = ScalarStyle.Plain }) switch
        {
            PlainYaml.Kind.Empty => null,
            PlainYaml.Kind.Boolean or PlainYaml.Kind.Number => JsonNode.Parse(leaf.Raw),
            _ => JsonValue.Create(leaf.Raw),
        },
        _ => throw new InvalidOperationException(),
    };

    /// <summary>
    /// Every tree with one slip: a keyword renamed, repeated or inserted, a type changed, a list emptied, a level left out.
    /// </summary>
    public IEnumerable<PolicyTree> Mutants() => this switch
    {
        Map map => MapMutants(map),
        List list => ListMutants(list),
        Leaf leaf => LeafMutants(leaf),
        _ => [],
    };

    private static IEnumerable<PolicyTree> MapMutants(Map map)
    {
        yield return new List(map);
        yield return new Leaf("");
        // A number that is right nowhere: where another slip made a mapping of a number, a right one would be another value.
        yield return new Leaf("-5");
        yield return new Map([.. map.Entries, ("unheard-of", new Leaf("x"))]);
        for (var i = 0; i < map.Entries.Length; i++)
        {
            var (key, value) = map.Entries[i];
            // Without the level of an empty one the keyword would be left out with all that it says, which is no slip.
            var isEmpty = value is Map { Entries: [] };
            if (!isEmpty)
            {
                yield return value;
            }

            yield return new Map([.. map.Entries, map.Entries[i]]);
            yield return With(map, i, $"{key}s", value);
            yield return With(map, i, key.ToUpperInvariant(), value);
            if (key is "match")
            {
                yield return With(map, i, key, new Map());
            }

            if (!isEmpty && value is Map inner)
            {
                yield return new Map([.. map.Entries[..i], .. inner.Entries, .. map.Entries[(i + 1)..]]);
            }

            foreach (var mutant in key is "tag" or "params" or "values" ? Shallow(value) : value.Mutants())
            {
                yield return With(map, i, key, mutant);
            }
        }
    }

    /// <summary>The operator's own names may be anything, and so may a parameter's value.</summary>
    private static IEnumerable<PolicyTree> Shallow(PolicyTree own) =>
        [
            new List(own),
            new List(),
            new Leaf(""),
            new Leaf("5"),
            new Leaf("'Stage=dev'"),
            .. own is Map map ? map.Entries.Select(e => e.Value) : [],
        ];

    private static IEnumerable<PolicyTree> ListMutants(List list)
    {
        yield return new List();
        yield return new Map(("a", list));
        yield return new List(list);
        if (list.Items is [var only])
        {
            yield return only;
        }

        for (var i = 0; i < list.Items.Length; i++)
        {
            yield return new List([.. list.Items[..(i + 1)], .. list.Items[i..]]);
            foreach (var mutant in list.Items[i].Mutants())
            {
                yield return new List([.. list.Items[..i], mutant, .. list.Items[(i + 1)..]]);
            }
        }
    }

    private static IEnumerable<PolicyTree> LeafMutants(Leaf leaf)
    {
        yield return new List(leaf);
        yield return new List();
        yield return new Map();
        yield return new Map(("a", leaf));
        foreach (var raw in (string[])["", "null", "~", "''", "true", "no", "-1", "1.5", "1e20", "0x1F", "0777", "99999999999999999999"])
        {
            yield return new Leaf(raw);
        }
    }

    private static Map With(Map map, int at, string key, PolicyTree value) =>
        new([.. map.Entries[..at], (key, value), .. map.Entries[(at + 1)..]]);

    private static PolicyTree Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new Map([.. map.Children.Select(c => (((YamlScalarNode)c.Key).Value!, Of(c.Value)))]),
        YamlSequenceNode list => new List([.. list.Children.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } => new Leaf(text),
        YamlScalarNode { Value: { } text } => new Leaf($"'{text}'"),
        _ => throw new InvalidOperationException(),
    };
}
