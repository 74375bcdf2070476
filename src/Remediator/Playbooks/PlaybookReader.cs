using System.Collections.Immutable;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Playbooks;

/// <summary>Reads a playbook from YAML and reports every problem of its form at once.</summary>
internal sealed class PlaybookReader
{
    private static readonly string[] StepWords = ["read", "want", "remove", "unless", "write", "undo", "clear", "ignore", "wait"];

    private static readonly string[] Words =
        ["summary", "rules", "resource", "impact", "scope", "params", "resolve", "guard", "steps", "manual", .. StepWords];

    private static readonly string[] NeededWords = ["read", "write"];

    private static readonly string[] CallWords = ["call", "with", "for-each", "when", "fails-when", "done-on"];

    private static readonly string[] QueryWords = ["as", "call", "with", "for-each", "take", "absent-on", "gone-on"];

    private static readonly string[] Impacts = [.. Enum.GetNames<Impact>().Select(n => n.ToLowerInvariant())];

    private readonly YamlReader _yaml;

    private PlaybookReader(string file) => _yaml = new YamlReader(file);

    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static Playbook Read(string name, string file, string text)
    {
        var (playbook, problems) = TryRead(name, file, text);
        return problems is [] && playbook is not null ? playbook : throw new InvalidFileException(problems);
    }

    public static (Playbook? Playbook, IReadOnlyList<Problem> Problems) TryRead(string name, string file, string text)
    {
        var reader = new PlaybookReader(file);
        var playbook = reader._yaml.Load(text) is { } root ? reader.ReadPlaybook(name, root, text) : null;
        return (playbook, reader._yaml.Problems);
    }

    private Playbook ReadPlaybook(string name, YamlMappingNode root, string text)
    {
        var map = _yaml.Map(root, Words);
        return new()
        {
            Name = name,
            Summary = map.Required("summary"),
            Rules = Several(map, "rules"),
            Resources = Several(map, "resource"),
            Impact = ReadImpact(map),
            IsGlobal = ReadScope(map),
            Parameters = ReadParameters(map),
            Names = ReadNames(map["resolve"]),
            Resolve = ReadNamedQueries(map["resolve"]),
            Guards = map.Each("guard", ReadGuard),
            Steps = map.Has("steps") ? map.Each("steps", ReadNamedStep) : [ReadStep("setting", map)],
            Manual = map.Required("manual"),
            Source = text,
        };
    }

    private ImmutableArray<string> Several(Entries map, string word)
    {
        var texts = map.Texts(word);
        if (texts.IsEmpty)
        {
            _yaml.Add("PB004", map.At, $"'{word}' is missing");
        }

        return texts;
    }

    private Impact ReadImpact(Entries map)
    {
        var text = map.Required("impact");
        if (Array.IndexOf(Impacts, text) is var at and >= 0)
        {
            return (Impact)at;
        }

        if (map["impact"] is { } node)
        {
            _yaml.Add("PB005", _yaml.At(node), $"'{text}' is not an impact; one of {string.Join(", ", Impacts)}");
        }

        return Impact.Irreversible;
    }

    private bool ReadScope(Entries map)
    {
        var text = map.Text("scope", "regional");
        if (text is not ("regional" or "global"))
        {
            _yaml.Add("PB005", _yaml.At(map["scope"]!), $"'{text}' is not a scope; regional or global");
        }

        return text is "global";
    }

    private ImmutableArray<Parameter> ReadParameters(Entries map) => map["params"] is not YamlMappingNode node
        ? []
        : [.. node.Children.Select(p => ReadParameter(_yaml.Text(p.Key), p.Value))];

    private Parameter ReadParameter(string name, YamlNode node)
    {
        var map = _yaml.Map(node, "required", "default", "description");
        var value = map["default"] is { } given ? _yaml.Template(given).Render(Scope.Empty) : Json.Null;
        return new(name, map.Text("required") is "true", value, map.Required("description"), _yaml.At(node));
    }

    private ImmutableArray<Query> ReadNamedQueries(YamlNode? node) => node is not YamlMappingNode map
        ? []
        : [.. map.Children.Where(q => q.Value is not YamlScalarNode).Select(q => ReadQuery(q.Value) with { Name = _yaml.Text(q.Key) })];

    private ImmutableArray<ResolvedName> ReadNames(YamlNode? node) => node is not YamlMappingNode map
        ? []
        : [.. map.Children.Where(n => n.Value is YamlScalarNode).Select(n => new ResolvedName(_yaml.Text(n.Key), _yaml.Template(n.Value)))];

    private Guard ReadGuard(YamlNode node)
    {
        var map = _yaml.Map(node, [.. QueryWords, "expect", "because"]);
        if (!map.Has("expect"))
        {
            _yaml.Add("PB004", map.At, "'expect' is missing");
        }

        var expect = map.Expression("expect") ?? Expression.Parse("`false`", map.At);
        return new(ReadQuery(node, map), expect, map.Required("because"));
    }

    private Step ReadNamedStep(YamlNode node)
    {
        var map = _yaml.Map(node, ["name", .. StepWords]);
        return ReadStep(map.Required("name"), map);
    }

    private Step ReadStep(string name, Entries map)
    {
        foreach (var word in NeededWords.Where(w => !map.Has(w)))
        {
            _yaml.Add("PB004", map.At, $"'{word}' is missing");
        }

        if (map.Has("want") == map.Has("remove"))
        {
            _yaml.Add("PB006", map.At, "a setting has either 'want' (what it must be) or 'remove' (which parts must go)");
        }

        return new()
        {
            Name = name,
            Read = map.Each("read", ReadQuery),
            Want = map["want"] is { } want ? _yaml.Template(want) : null,
            Remove = map.Expression("remove"),
            Unless = map.Expression("unless"),
            Write = map.Each("write", ReadCall),
            Undo = map.Each("undo", ReadCall),
            Clear = map.Each("clear", ReadCall),
            Ignore = map.Texts("ignore"),
            Wait = map.Duration("wait"),
            At = map.At,
        };
    }

    private Query ReadQuery(YamlNode node) => ReadQuery(node, _yaml.Map(node, QueryWords));

    private Query ReadQuery(YamlNode node, Entries map) =>
        new(map.Text("as"), ReadCall(node, map), map.Expression("take"), map.Texts("absent-on"), map.Texts("gone-on"));

    private Call ReadCall(YamlNode node) => ReadCall(node, _yaml.Map(node, CallWords));

    private Call ReadCall(YamlNode node, Entries map) =>
        new(map.Required("call"), map["with"] is { } input ? _yaml.Template(input) : Template.Empty, _yaml.At(map["call"] ?? node))
        {
            ForEach = map.Expression("for-each"),
            When = map.Expression("when"),
            FailsWhen = map.Expression("fails-when"),
            DoneOn = map.Texts("done-on"),
        };
}
