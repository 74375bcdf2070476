using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Remediator.Playbooks;

/// <summary>The entries of one YAML mapping, read by name.</summary>
internal sealed class YamlMapping(YamlReader reader, Place at)
{
    private readonly Dictionary<string, YamlNode> _entries = new(StringComparer.Ordinal);

    public Place At { get; } = at;

    public IEnumerable<string> Names => _entries.Keys;

    public YamlNode? this[string name] => _entries.GetValueOrDefault(name);

    public bool Has(string name) => _entries.ContainsKey(name);

    public void Add(string name, YamlNode value) => _entries[name] = value;

    public string Text(string name, string otherwise = "") => this[name] is { } node ? reader.Text(node) : otherwise;

    /// <summary>Like <see cref="Text"/>, but a missing entry is a problem.</summary>
    public string Required(string name)
    {
        if (this[name] is { } node)
        {
            return reader.Text(node);
        }

        reader.Add("PB004", At, $"'{name}' is missing");
        return "";
    }

    public ImmutableArray<string> Texts(string name) => Each(name, reader.Text);

    public ImmutableArray<T> Each<T>(string name, Func<YamlNode, T> read) =>
        this[name] is { } node ? [.. YamlReader.List(node).Select(read)] : [];

    public Expression? Expression(string name) => this[name] is { } node ? reader.Expression(node, name) : null;

    public TimeSpan Duration(string name) => this[name] is { } node ? reader.Duration(node) : TimeSpan.Zero;
}
