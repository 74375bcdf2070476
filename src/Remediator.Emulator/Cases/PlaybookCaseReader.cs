using System.Collections.Immutable;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Emulator.Cases;

/// <summary>Reads a case and reports all problems of form at once.</summary>
internal sealed class PlaybookCaseReader
{
    public static readonly ImmutableArray<string> Words =
    [
        "rule", "parameters", "params", "seed", "resource", "ends", "check", "evidence", "next", "unrelated", "undo", "because",
        "recorded", "stand-in",
    ];

    private static readonly string[] QueryWords = ["as", "call", "with", "for-each", "take", "absent-on"];

    private static readonly string[] StandInWords = ["because", "state", "calls"];

    private readonly YamlReader _yaml;

    private PlaybookCaseReader(string file) => _yaml = new(file);

    /// <summary>A case of the playbook in a file of any name.</summary>
    /// <exception cref="InvalidFileException">The file has problems; the exception names them all.</exception>
    public static PlaybookCase Read(string playbook, string file)
    {
        var variant = Path.GetFileName(file).Split('.')[1..^1].TakeWhile(part => part is not "case").FirstOrDefault();
        return Read(variant is null ? playbook : $"{playbook}.{variant}", file, File.ReadAllText(file));
    }

    /// <summary>The problems of a case's form.</summary>
    public static IReadOnlyList<Problem> Problems(string file)
    {
        try
        {
            Read("", file);
            return [];
        }
        catch (InvalidFileException invalid)
        {
            return invalid.Problems;
        }
    }

    /// <exception cref="InvalidFileException">The file has problems; the exception names them all.</exception>
    /// <param name="name">The playbook's name, with a dot and the variant's where there is one.</param>
    public static PlaybookCase Read(string name, string file, string text)
    {
        var reader = new PlaybookCaseReader(file);
        var found = reader._yaml.Load(text) is { } root ? reader.ReadCase(name, root) : null;
        return reader._yaml.Problems is [] && found is not null ? found : throw new InvalidFileException(reader._yaml.Problems);
    }

    private PlaybookCase ReadCase(string name, YamlMappingNode root)
    {
        var map = _yaml.Map(root, [.. Words]);
        var resource = _yaml.Map(map["resource"] ?? new YamlMappingNode(), "type", "id");
        var ends = OneOf<CaseEnd>(map, "ends");
        if (ends is CaseEnd.Fixed or CaseEnd.Contained && !map.Has("unrelated"))
        {
            _yaml.Add("PC001", map.At, "'unrelated' is missing: something of the resource that must survive");
        }

        var recorded = map["recorded"] is { } node ? _yaml.Map(node, "good", "bad") : null;
        if (recorded is not null && !(recorded.Has("good") && recorded.Has("bad") && ends is CaseEnd.Fixed))
        {
            _yaml.Add("PC005", recorded.At, "'recorded' has a 'good' and a 'bad' item, and the case ends as fixed");
        }

        var undo = OneOf<CaseUndo>(map, "undo");
        if (undo is CaseUndo.Close)
        {
            map.Required("because");
        }

        return new()
        {
            Name = name,
            Playbook = name.Split('.')[0],
            Rules = map.Texts("rule"),
            RuleParameters = Template(map, "parameters"),
            PolicyParameters = Template(map, "params"),
            Seed = map.Each("seed", ReadQuery),
            ResourceType = resource.Required("type"),
            ResourceId = Template(resource, "id"),
            Ends = ends,
            Checks = map.Each("check", ReadCheck),
            Evidence = map.Each("evidence", node => _yaml.Template(node)),
            Next = map.Each("next", node => _yaml.Template(node)),
            Unrelated = map.Each("unrelated", ReadQuery),
            Undo = undo,
            History = recorded is null ? null : new(Template(recorded, "good"), Template(recorded, "bad")),
            StandIn = map["stand-in"] is { } standIn ? ReadStandIn(standIn) : null,
        };
    }

    private Template Template(YamlMapping map, string word) =>
        map[word] is { } node ? _yaml.Template(node) : Remediator.Playbooks.Template.Empty;

    private T OneOf<T>(YamlMapping map, string word)
        where T : struct, Enum
    {
        if (!map.Has(word) || Enum.TryParse<T>(map.Text(word), ignoreCase: true, out var value))
        {
            return map.Has(word) ? Enum.Parse<T>(map.Text(word), ignoreCase: true) : default;
        }

        _yaml.Add("PC002", map.At, $"'{map.Text(word)}' is none of {string.Join(", ", Enum.GetNames<T>())}");
        return default;
    }

    /// <summary>The stand-in itself, or the name of one that several cases share.</summary>
    private StandIn ReadStandIn(YamlNode node)
    {
        if (node is not YamlScalarNode)
        {
            return ReadStandIn(_yaml.Map(node, StandInWords));
        }

        var name = _yaml.Text(node);
        if (PlaybookCases.StandIn(name) is not { } text)
        {
            _yaml.Add("PC004", _yaml.At(node), $"there is no stand-in '{name}' that cases share; write it here: because, state, calls");
            return new("", Remediator.Playbooks.Template.Empty, []);
        }

        var shared = new PlaybookCaseReader($"{name}.yaml");
        return shared._yaml.Load(text) is { } root
            && shared.ReadStandIn(shared._yaml.Map(root, StandInWords)) is { } read
            && shared._yaml.Problems is [] ? read : throw new InvalidFileException(shared._yaml.Problems);
    }

    private StandIn ReadStandIn(YamlMapping map)
    {
        var calls = map["calls"] is YamlMappingNode node
            ? node.Children.Select(c => (_yaml.Text(c.Key), _yaml.Map(c.Value, "becomes", "answer", "error")))
            : [];
        return new(
            map.Required("because"), Template(map, "state"),
            calls.ToImmutableDictionary(
                c => c.Item1,
                c => new StandInCall(c.Item2.Expression("becomes"), c.Item2.Expression("answer"), c.Item2.Expression("error")),
                StringComparer.Ordinal));
    }

    private Check ReadCheck(YamlNode node)
    {
        var map = _yaml.Map(node, [.. QueryWords, "equals", "expect"]);
        if (map.Has("equals") == map.Has("expect"))
        {
            _yaml.Add("PC003", map.At, "a check has either 'equals' or 'expect'");
        }

        return new(ReadQuery(map), map["equals"] is { } value ? _yaml.Template(value) : null, map.Expression("expect"));
    }

    private Query ReadQuery(YamlNode node) => ReadQuery(_yaml.Map(node, QueryWords));

    private Query ReadQuery(YamlMapping map)
    {
        var call = new Call(map.Required("call"), Template(map, "with"), map.At) { ForEach = map.Expression("for-each") };
        return new(map.Text("as"), call, map.Expression("take"), map.Texts("absent-on"), []);
    }
}
