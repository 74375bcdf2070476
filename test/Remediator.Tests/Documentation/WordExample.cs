using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Tests.Documentation;

/// <summary>An example in docs/playbooks.md: a whole playbook, or a part of the playbook that its first line names.</summary>
public sealed record WordExample(string Text)
{
    private const string FromFile = "# playbooks/";

    private static readonly string[] InQueries = ["resolve", "guard", "read"];
    private static readonly string[] InCalls = ["write", "undo", "clear"];

    // The content of these has AWS's names, not keywords of the language.
    private static readonly string[] Values = ["with", "want", "default"];

    /// <summary>The playbook that the part comes from; null for a whole one.</summary>
    public string? Playbook =>
        Text.StartsWith(FromFile, StringComparison.Ordinal) ? Text[FromFile.Length..Text.IndexOf(".yaml", StringComparison.Ordinal)] : null;

    public YamlMappingNode Root => Parse(Text);

    public override string ToString() => string.Join("; ", Text.Split('\n').Take(2));

    public static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>The keywords that the example uses: of the playbook itself, of its queries, or of its calls.</summary>
    public IEnumerable<string> Words(string part) => part switch
    {
        "query" => Root.Children.Where(c => InQueries.Contains(Name(c.Key))).SelectMany(c => Words(c.Value)),
        "call" => Root.Children.Where(c => InCalls.Contains(Name(c.Key))).SelectMany(c => Words(c.Value)),
        _ => Words(Root),
    };

    private static IEnumerable<string> Words(YamlNode node) => node switch
    {
        YamlMappingNode map =>
            map.Children.SelectMany(c => Values.Contains(Name(c.Key)) ? [Name(c.Key)] : Words(c.Value).Prepend(Name(c.Key))),
        YamlSequenceNode list => list.Children.SelectMany(Words),
        _ => [],
    };

    private static string Name(YamlNode key) => ((YamlScalarNode)key).Value!;
}
