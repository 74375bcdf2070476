using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Authoring.Checks;

/// <summary>The positions of keywords in a file, for problems about values whose position the reader does not record.</summary>
internal sealed class YamlPositions(string file, string text)
{
    private ILookup<(string Word, string Value), Place>? _all;

    /// <summary>
    /// The position of a value under a keyword that is nearest to <paramref name="near"/>; if there is none, that position itself.
    /// </summary>
    public Place Of(string word, string value, Place near) => All[(word, value)]
        .OrderBy(at => Math.Abs(at.Line - near.Line))
        .FirstOrDefault(near);

    /// <summary>The first position of a value under a keyword.</summary>
    public Place Of(string word, string value) => Of(word, value, new(file, 1, 1));

    private ILookup<(string Word, string Value), Place> All => _all ??= Read().ToLookup(p => (p.Word, p.Value), p => p.At);

    private List<(string Word, string Value, Place At)> Read()
    {
        var found = new List<(string, string, Place)>();
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        foreach (var document in stream.Documents)
        {
            Visit("", document.RootNode, found);
        }

        return found;
    }

    private void Visit(string word, YamlNode node, List<(string, string, Place)> found)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                found.Add((word, scalar.Value ?? "", new(file, (int)node.Start.Line, (int)node.Start.Column)));
                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children)
                {
                    Visit(word, item, found);
                }

                break;
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                {
                    Visit(word, key, found);
                    Visit((key as YamlScalarNode)?.Value ?? "", value, found);
                }

                break;
            default:
                break;
        }
    }
}
