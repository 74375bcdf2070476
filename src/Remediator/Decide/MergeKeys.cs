using Remediator.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// Puts the words of a merge key (<c>&lt;&lt;: *NAME</c>) where it stands: a word that the mapping says itself counts, and of several
/// mappings the first that says it. What anchors come to is bounded, however they are nested.
/// </summary>
internal sealed class MergeKeys
{
    private const string Key = "<<";
    private const int MostDepth = 32;
    private const long MostNodes = 1_000_000;

    private readonly YamlReader _yaml;
    private readonly Dictionary<YamlNode, (long Nodes, int Depth)> _known = new(ReferenceEqualityComparer.Instance);

    private MergeKeys(YamlReader yaml) => _yaml = yaml;

    /// <summary>Resolves them in place; what cannot be resolved is a problem.</summary>
    public static void Resolve(YamlReader yaml, YamlMappingNode root)
    {
        var (nodes, depth) = new MergeKeys(yaml).Visit(root);
        if (nodes > MostNodes)
        {
            yaml.Add("PB001", yaml.At(root), $"with its anchors written out the file would have more than {MostNodes:N0} values");
        }
        else if (depth > MostDepth)
        {
            yaml.Add("PB001", yaml.At(root), $"with its anchors written out the file is nested deeper than {MostDepth} levels");
        }
    }

    private (long Nodes, int Depth) Visit(YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            return (1, 0);
        }

        if (_known.TryGetValue(node, out var known))
        {
            return known;
        }

        if (node is YamlMappingNode mapping)
        {
            Merge(mapping);
        }

        var (nodes, depth) = (1L, 0);
        foreach (var inner in Inner(node).Select(Visit))
        {
            // No sum of these can be more than a long holds before it is cut.
            (nodes, depth) = (Math.Min(MostNodes + 1, nodes + inner.Nodes), Math.Max(depth, inner.Depth));
        }

        return _known[node] = (nodes, depth + 1);
    }

    private static IEnumerable<YamlNode> Inner(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Values,
        YamlSequenceNode list => list.Children,
        _ => [],
    };

    private void Merge(YamlMappingNode into)
    {
        var key = into.Children.Keys.FirstOrDefault(k => k is YamlScalarNode { Value: Key, Style: ScalarStyle.Plain or ScalarStyle.Any });
        if (key is null)
        {
            return;
        }

        var value = into.Children[key];
        into.Children.Remove(key);
        foreach (var from in value is YamlSequenceNode list ? list.Children : (IEnumerable<YamlNode>)[value])
        {
            if (from is not YamlMappingNode words)
            {
                _yaml.Add(
                    "PB001",
                    _yaml.At(from),
                    "'<<' takes a mapping, or a list of mappings: write '<<: *NAME', with '&NAME' before that mapping");
                continue;
            }

            // What is merged may itself merge.
            Visit(words);
            foreach (var (word, said) in words.Children)
            {
                into.Children.TryAdd(word, said);
            }
        }
    }
}
