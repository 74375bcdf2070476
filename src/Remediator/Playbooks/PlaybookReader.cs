using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Playbooks;

/// <summary>Reads a playbook from YAML and reports all problems of form at once.</summary>
internal sealed partial class PlaybookReader
{
    private static readonly string[] StepWords =
    [
        "read", "want", "remove", "procedure", "deletes", "unless", "meets", "recorded", "write", "undo", "final", "clear", "ignore",
        "wait",
    ];

    private static readonly string[] Words =
    [
        "summary", "rules", "resource", "impact", "scope", "params", "ignores", "resolve", "guard", "evidence", "steps", "not-undone",
        "containment", "manual",
        .. StepWords,
    ];

    private static readonly string[] Aims = ["want", "remove", "procedure", "deletes"];

    private static readonly string[] NeededWords = ["read", "write"];

    private static readonly string[] CallWords =
    [
        "call", "runbook", "version", "change-set", "with", "for-each", "when", "fails-when", "done-on", "gone-on",
    ];

    private static readonly string[] QueryWords =
    [
        "as", "call", "with", "for-each", "take", "absent-on", "gone-on", "gone-when", "identity",
    ];

    /// <summary>Keywords that would affect the decision.</summary>
    private static readonly string[] NotOfEvidence = ["as", "gone-on", "gone-when", "identity"];

    private const string UnknownWord = "PB003";
    private const string UnknownValue = "PB005";
    private const string UnknownProcedure = "PB008";

    /// <summary>The default for a runbook, which takes minutes, if the playbook does not say how long.</summary>
    private static readonly TimeSpan RunbookWait = TimeSpan.FromMinutes(15);

    private static readonly string[] Impacts =
    [
        .. Enum.GetValues<Impact>().Where(i => i is not Impact.Unknown).Select(i => i.ToString().ToLowerInvariant()),
    ];

    private readonly YamlReader _yaml;

    /// <summary>The playbook has <c>rules: []</c>: it is for rules that the policy names it for, or only rolls back.</summary>
    private bool _hasNoRules;

    /// <summary>Whether the settings so far are only put back to what was recorded; null before the first.</summary>
    private bool? _onlyRollsBack;

    private PlaybookReader(string file) => _yaml = new YamlReader(file);

    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static Playbook Read(string name, string file, string text)
    {
        var (playbook, problems) = TryRead(name, file, text);
        return problems is [] && playbook is not null ? playbook : throw new InvalidFileException(problems);
    }

    /// <summary>
    /// Reads a text that was checked when an incident's change was planned with it, perhaps by a later version, whose new keywords
    /// are ignored.
    /// </summary>
    /// <exception cref="InvalidFileException">The text has other problems.</exception>
    public static Playbook ReadStored(string name, string text)
    {
        var (playbook, problems) = TryRead(name, $"{name}.yaml", text);
        var left = problems.Where(p => p.Code is not (UnknownWord or UnknownValue or UnknownProcedure)).ToList();
        return left is [] && playbook is not null ? playbook : throw new InvalidFileException(left);
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
        _hasNoRules = map["rules"] is YamlSequenceNode { Children: [] };
        var resources = Several(map, "resource");
        return new()
        {
            Name = name,
            Summary = map.Required("summary"),
            Rules = _hasNoRules ? [] : Several(map, "rules"),
            Resources = resources,
            Types = [.. resources.Select(TypeFiles.Of).OfType<ResourceType>().Where(t => !t.Except.Contains(name))],
            Impact = ReadImpact(map),
            IsGlobal = ReadScope(map),
            Parameters = ReadParameters(map),
            Ignores = map.Texts("ignores"),
            Names = ReadNames(map["resolve"]),
            Resolve = ReadNamedQueries(map["resolve"]),
            Guards = map.Each("guard", ReadGuard),
            Evidence = map.Each("evidence", ReadEvidence),
            Steps = map.Has("steps") ? map.Each("steps", ReadNamedStep) : [ReadStep("setting", map)],
            NotUndone = map.Text("not-undone", "").Trim(),
            Containment = map.Has("containment") ? map.Text("containment").Trim() : null,
            Manual = map.Required("manual"),
            Source = text,
        };
    }

    private ImmutableArray<string> Several(YamlMapping map, string word)
    {
        var texts = map.Texts(word);
        if (texts.IsEmpty)
        {
            _yaml.Add("PB004", map.At, $"'{word}' is missing");
        }

        return texts;
    }

    private Impact ReadImpact(YamlMapping map)
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

    private bool ReadScope(YamlMapping map)
    {
        var text = map.Text("scope", "regional");
        if (text is not ("regional" or "global"))
        {
            _yaml.Add("PB005", _yaml.At(map["scope"]!), $"'{text}' is not a scope; regional or global");
        }

        return text is "global";
    }

    private ImmutableArray<Parameter> ReadParameters(YamlMapping map) => map["params"] is not YamlMappingNode node
        ? []
        : [.. node.Children.Select(p => ReadParameter(_yaml.Text(p.Key), p.Value))];

    private Parameter ReadParameter(string name, YamlNode node)
    {
        var map = _yaml.Map(node, "required", "default", "description", "from-rule");
        var value = map["default"] is { } given ? _yaml.Template(given).Render(Scope.Empty) : Json.Null;
        return new(name, map.Text("required") is "true", value, map.Required("description"), _yaml.At(node))
        {
            FromRule = map.Texts("from-rule"),
        };
    }

    private ImmutableArray<Query> ReadNamedQueries(YamlNode? node) => node is not YamlMappingNode map
        ? []
        : [.. map.Children.Where(q => q.Value is not YamlScalarNode).Select(q => ReadQuery(q.Value) with { Name = _yaml.Text(q.Key) })];

    private ImmutableArray<ResolvedName> ReadNames(YamlNode? node) =>
        node is not YamlMappingNode map
            ? []
            :
            [
                .. map
                    .Children.Where(n => n.Value is YamlScalarNode)
                    .Select(n => new ResolvedName(_yaml.Text(n.Key), _yaml.Template(n.Value, _yaml.Text(n.Key)))),
            ];

    private PlaybookGuard ReadGuard(YamlNode node)
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
        var map = _yaml.Map(node, ["name", "ask-again", "ask-once", .. StepWords]);
        return ReadStep(map.Required("name"), map);
    }

    private EvidenceQuery ReadEvidence(YamlNode node)
    {
        var map = _yaml.Map(node, ["show", .. QueryWords.Except(NotOfEvidence)]);
        return new(map.Required("show"), ReadQuery(node, map));
    }

    private Step ReadStep(string name, YamlMapping map)
    {
        foreach (var word in NeededWords.Where(w => !map.Has(w)))
        {
            _yaml.Add("PB004", map.At, $"'{word}' is missing");
        }

        CheckAim(map);

        var write = map.Each("write", ReadCall);
        return new()
        {
            Name = name,
            Read = map.Each("read", ReadQuery),
            Want = map["want"] is { } want ? _yaml.Template(want, "want") : null,
            Remove = map.Expression("remove"),
            Procedure = ReadProcedure(map["procedure"]),
            Deletes = map.Expression("deletes"),
            Unless = map.Expression("unless"),
            Final = map.Has("final") ? map.Text("final") : null,
            AskAgain = map.Has("ask-again") ? map.Text("ask-again").Trim() : null,
            AskOnce = map.Has("ask-once") ? map.Text("ask-once").Trim() : null,
            Meets = map.Expression("meets"),
            Recorded = map.Expression("recorded"),
            Write = write,
            Undo = map.Each("undo", ReadCall),
            Clear = map.Each("clear", ReadCall),
            Ignore = map.Texts("ignore"),
            Wait = map.Has("wait") || !write.Any(c => c.IsRunbook) ? map.Duration("wait") : RunbookWait,
            At = map.At,
        };
    }

    private void CheckAim(YamlMapping map)
    {
        var aims = Aims.Count(map.Has);
        var onlyRollsBack = _hasNoRules && aims is 0;
        if (onlyRollsBack != (_onlyRollsBack ?? onlyRollsBack) || (onlyRollsBack && !map.Has("recorded")))
        {
            _yaml.Add(
                "PB006",
                map.At,
                "a playbook without rules is for rules of your own, and each of its settings has 'want', 'remove', 'procedure' or "
                + "'deletes'; or it only puts back what AWS Config recorded, and each has 'recorded' and none of the four");
        }
        else if (!onlyRollsBack && aims != 1)
        {
            _yaml.Add(
                "PB006",
                map.At,
                "a setting has either 'want' (what it must be) or 'remove' (which parts must go) or 'procedure' (who works it out) or "
                + "'deletes' (the resource itself must go)");
        }

        _onlyRollsBack = onlyRollsBack;
    }

    private string? ReadProcedure(YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var name = _yaml.Text(node);
        if (!Procedures.All.ContainsKey(name))
        {
            _yaml.Add("PB008", _yaml.At(node), $"there is no procedure '{name}'{Nearest.Hint(name, [.. Procedures.All.Keys])}");
        }

        return name;
    }

    private Query ReadQuery(YamlNode node) => ReadQuery(node, _yaml.Map(node, QueryWords));

    private Query ReadQuery(YamlNode node, YamlMapping map) =>
        new(map.Text("as"), ReadCall(node, map), map.Expression("take"), map.Texts("absent-on"), map.Texts("gone-on"))
        {
            GoneWhen = map.Expression("gone-when"),
            Identity = map.Expression("identity"),
        };

    /// <summary>Reads a file of resource types: for each type a query, and the guards over its result.</summary>
    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static ImmutableArray<ResourceType> ReadTypes(string file, string text)
    {
        var reader = new PlaybookReader(file);
        ImmutableArray<ResourceType> types = reader._yaml.Load(text) is { } root
            ? [.. root.Children.Select(t => reader.ReadType(reader._yaml.Text(t.Key), t.Value))]
            : [];
        return reader._yaml.Problems is [] ? types : throw new InvalidFileException(reader._yaml.Problems);
    }

    private ResourceType ReadType(string name, YamlNode node)
    {
        var map = _yaml.Map(node, [.. QueryWords, "guard", "except"]);
        return new(name, ReadQuery(node, map), map.Each("guard", ReadTypeGuard), map.Texts("except"));
    }

    private TypeGuard ReadTypeGuard(YamlNode node)
    {
        var map = _yaml.Map(node, "for", "expect", "because");
        return new(map.Texts("for"), map.Expression("expect") ?? Expression.Parse("`false`", map.At), map.Required("because"));
    }

    private Call ReadCall(YamlNode node)
    {
        var map = _yaml.Map(node, CallWords);
        return map["runbook"] is { } runbook ? ReadCall(node, map, runbook)
            : map["change-set"] is { } stack ? ReadChangeSet(map, stack)
            : ReadCall(node, map);
    }

    /// <summary>A drift-aware change set of a stack with its current template; <c>with</c> adds to the input.</summary>
    private Call ReadChangeSet(YamlMapping map, YamlNode stack)
    {
        if (map["call"] is { } call)
        {
            _yaml.Add("PB009", _yaml.At(call), "a call has either 'call' or 'change-set'");
        }

        var fixedMembers = new[]
        {
            ("ChangeSetName", Json.Text("remediator")),
            ("ChangeSetType", Json.Text("UPDATE")),
            ("DeploymentMode", Json.Text("REVERT_DRIFT")),
            ("UsePreviousTemplate", Json.Parse("true")),
        };
        Template Named(string name) => new Template.Literal(Json.Text(name), map.At);
        var added = map["with"] is { } with && _yaml.Template(with) is Template.Members members ? members.Of : [];
        return new(
            ChangeSet.Create,
            new Template.Members(
                [
                    (Named("StackName"), _yaml.Template(stack)),
                    .. fixedMembers.Select(m => (Named(m.Item1), (Template)new Template.Literal(m.Item2, map.At))),
                    .. added,
                ],
                map.At),
            _yaml.At(stack))
        {
            Runs = LongCall.ChangeSet,
        };
    }

    /// <summary>A runbook is started by an ordinary call; <c>with</c> holds its parameters.</summary>
    private Call ReadCall(YamlNode node, YamlMapping map, YamlNode runbook)
    {
        if (map["call"] is { } call)
        {
            _yaml.Add("PB009", _yaml.At(call), "a call has either 'call' or 'runbook'");
        }

        var members = new[] { ("DocumentName", runbook), ("DocumentVersion", map["version"]), ("Parameters", map["with"]) }
            .Where(m => m.Item2 is not null)
            .Select(m => ((Template)new Template.Literal(Json.Text(m.Item1), map.At), _yaml.Template(m.Item2!)));
        return new(Runbook.Start, new Template.Members([.. members], map.At), _yaml.At(runbook))
        {
            ForEach = map.Expression("for-each"),
            When = map.Expression("when"),
            Runs = LongCall.Runbook,
        };
    }

    private Call ReadCall(YamlNode node, YamlMapping map) =>
        new(map.Required("call"), map["with"] is { } input ? _yaml.Template(input) : Template.Empty, _yaml.At(map["call"] ?? node))
        {
            ForEach = map.Expression("for-each"),
            When = map.Expression("when"),
            FailsWhen = map.Expression("fails-when"),
            DoneOn = map.Texts("done-on"),
            GoneOn = map.Texts("gone-on"),
        };
}
