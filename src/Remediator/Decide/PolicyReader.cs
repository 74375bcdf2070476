using System.Collections.Immutable;
using System.Globalization;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>Reads <c>policy.yaml</c> and reports every problem at once. A policy with a problem is no policy: nothing is changed under it.</summary>
internal sealed class PolicyReader
{
    private static readonly string[] EntryWords =
        ["match", "mode", "owner", "environment", "severity", "playbook", "rollout", "settle", "confirm-within", "params", "trust-rule-parameters"];

    private static readonly string[] Modes = ModeNames.All;
    private static readonly string[] Severities = SeverityNames.All;
    private static readonly string[] Answers = ["true", "false"];

    private readonly YamlReader _yaml;
    private readonly PolicyLimits _limits;

    private PolicyReader(string file)
    {
        _yaml = new(file);
        _limits = new(_yaml);
    }

    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static Policy Read(string file, string text)
    {
        var (policy, problems) = TryRead(file, text);
        return problems is [] && policy is not null ? policy : throw new InvalidFileException(problems);
    }

    public static (Policy? Policy, IReadOnlyList<Problem> Problems) TryRead(string file, string text)
    {
        var reader = new PolicyReader(file);
        var policy = reader._yaml.Load(text) is { } root ? reader.ReadPolicy(root) : null;
        return (policy, reader._yaml.Problems);
    }

    private Policy ReadPolicy(YamlMappingNode root)
    {
        var map = _yaml.Map(root, "defaults", "rules", "exemptions", "freezes", "budgets", "guards", "escalation", "backlog");
        var defaults = map["defaults"] is { } node ? ReadEntry(node) : new PolicyEntry(Match.All);
        return new()
        {
            Defaults = defaults.Over(new(Match.All) { Mode = Mode.Observe, Owner = "", Environment = "", Severity = "warning", Rollout = 100, Settle = TimeSpan.Zero, ConfirmWithin = Limits.Default.ConfirmWithin }),
            Rules = map.Each("rules", ReadEntry),
            Exemptions = map.Each("exemptions", ReadExemption),
            Freezes = map.Each("freezes", ReadFreeze),
            Budgets = map["budgets"] is { } budgets ? _limits.Budgets(budgets) : Budgets.Default,
            Guards = _limits.Guards(map["guards"]),
            Escalations = _limits.Escalations(map["escalation"]),
            Backlog = _limits.Backlog(map["backlog"]),
        };
    }

    private PolicyEntry ReadEntry(YamlNode node)
    {
        var map = _yaml.Map(node, EntryWords);
        return new(map["match"] is { } match ? ReadMatch(match) : Match.All)
        {
            Mode = OneOf(map, "mode", Modes) is { } mode ? (Mode)Array.IndexOf(Modes, mode) : null,
            Owner = map.Has("owner") ? map.Text("owner") : null,
            Environment = map.Has("environment") ? map.Text("environment") : null,
            Severity = OneOf(map, "severity", Severities),
            Playbook = map.Has("playbook") ? map.Text("playbook") : null,
            Rollout = map["rollout"] is { } rollout ? _limits.Number(rollout, 0, 100) : null,
            Settle = map.Has("settle") ? map.Duration("settle") : null,
            ConfirmWithin = map.Has("confirm-within") ? map.Duration("confirm-within") : null,
            Parameters = map["params"] is { } p ? _yaml.Template(p).Render(Scope.Empty) : Json.EmptyObject,
            TrustRuleParameters = OneOf(map, "trust-rule-parameters", Answers) is { } answer ? answer is "true" : null,
        };
    }

    private Match ReadMatch(YamlNode node)
    {
        var map = _yaml.Map(node, "rule", "account", "region", "resource-type", "resource", "tag");
        var tags = map["tag"] is YamlMappingNode tag
            ? tag.Children.ToImmutableDictionary(t => _yaml.Text(t.Key), t => _yaml.Text(t.Value))
            : ImmutableDictionary<string, string>.Empty;
        return new()
        {
            Rules = map.Texts("rule"),
            Accounts = map.Texts("account"),
            Regions = map.Texts("region"),
            Types = map.Texts("resource-type"),
            Resources = map.Texts("resource"),
            Tags = tags,
        };
    }

    private Exemption ReadExemption(YamlNode node)
    {
        var map = _yaml.Map(node, "match", "reason", "until");
        if (!map.Has("match"))
        {
            _yaml.Add("PO004", map.At, "'match' is missing: an exemption of everything is 'mode: observe' in the defaults");
        }

        var match = map["match"] is { } of ? ReadMatch(of) : Match.All;
        return new(match, map.Required("reason"), Time(map, "until"), map.At);
    }

    private FreezeWindow ReadFreeze(YamlNode node)
    {
        var map = _yaml.Map(node, "from", "until", "reason");
        return new(Time(map, "from"), Time(map, "until"), map.Required("reason"));
    }

    private string? OneOf(YamlMapping map, string word, string[] values)
    {
        if (map[word] is not { } node || _yaml.Text(node) is var text && values.Contains(text))
        {
            return map.Has(word) ? map.Text(word) : null;
        }

        _yaml.Add("PO002", _yaml.At(node), $"'{text}' is not a {word}; one of {string.Join(", ", values)}");
        return null;
    }

    private DateTimeOffset Time(YamlMapping map, string word)
    {
        var text = map.Required(word);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        if (map[word] is { } node)
        {
            _yaml.Add("PO002", _yaml.At(node), $"'{text}' is not a time; write 2027-01-31 or 2027-01-31T18:00:00Z");
        }

        return DateTimeOffset.MinValue;
    }
}
