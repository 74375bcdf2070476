using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// Reads <c>policy.yaml</c> by <see cref="PolicySchema"/> and reports every problem at once. A policy with a problem is no policy: nothing
/// is changed under it.
/// </summary>
internal sealed class PolicyReader
{
    private static readonly YamlNode Nothing = YamlReader.Parse("{}");

    private readonly YamlReader _yaml;

    private PolicyReader(string file) => _yaml = new(file);

    /// <exception cref="InvalidFileException">The text has problems; the exception names them all.</exception>
    public static Policy Read(string file, string text)
    {
        var (policy, problems) = TryRead(file, text);
        return policy ?? throw new InvalidFileException(problems);
    }

    /// <summary>The policy, or the problems for which there is none.</summary>
    public static (Policy? Policy, IReadOnlyList<Problem> Problems) TryRead(string file, string text)
    {
        var reader = new PolicyReader(file);
        if (PlainYaml.Load(reader._yaml, file, text) is not { } root)
        {
            return (null, reader._yaml.Problems);
        }

        var words = new ShapeReader(reader._yaml).Read(root, PolicySchema.Root);
        var policy = reader._yaml.Problems is [] ? reader.Make(words) : null;
        return reader._yaml.Problems is [] ? (policy, []) : (null, reader._yaml.Problems);
    }

    private Policy Make(PolicyWords root)
    {
        var section = Section(root, "defaults", PolicySchema.Defaults);
        if (section.Says("auto-up-to") && root.Says("auto-up-to"))
        {
            _yaml.Add("PO006", section.At, "'auto-up-to' stands in the defaults and beside them: say it once");
        }

        var defaults = Entry(section, Match.All);
        var accounts = root.Mappings("accounts").ToImmutableDictionary(a => a.Name, a => Account(a.Name, a.Words), StringComparer.Ordinal);
        Match Of(PolicyWords words) => Matched(words).Among(accounts.Values);
        return new()
        {
            Defaults = defaults with
            {
                Owner = defaults.Owner ?? "",
                Environment = defaults.Environment ?? "",
                AutoUpTo = defaults.AutoUpTo ?? Impacts(root),
            },
            Accounts = accounts,
            Rules = root.Each("rules", w => Rule(w, Of(w))),
            Exemptions = root.Each(
                "exemptions", w => new Exemption(Of(w), w.Given<string>("reason"), w.Given<DateTimeOffset>("until"), w.At)),
            Freezes = root.Each("freezes", w => Freeze(w, w.Has("match") ? Of(w) : Match.All)),
            Windows = root.Each("windows", w => new ChangeWindow(w.Has("match") ? Of(w) : Match.All, Times(w, "open")) { At = w.At }),
            Approvers = new(root.Table("approvers")),
            Budgets = Budgets(Section(root, "budgets", PolicySchema.Budgets)),
            Guards = Guards(Section(root, "guards", PolicySchema.Guards)),
            Escalations = Escalations(Section(root, "escalation", EscalationSchema.Escalation)),
            Digests = root.Texts("digest").ToImmutableDictionary(
                d => d.Key, d => (DigestPeriod)PolicySchema.Periods.IndexOf(d.Value), StringComparer.Ordinal),
            Rollback = Rollback(Section(root, "rollback", PolicySchema.Rollback)),
            Backlog = Backlog(Section(root, "backlog", PolicySchema.Backlog)),
        };
    }

    /// <summary>A section that is left out has the defaults of its words.</summary>
    private PolicyWords Section(PolicyWords root, string word, Shape.Mapping shape) =>
        root.Has(word) ? root.Given<PolicyWords>(word) : new ShapeReader(_yaml).Read(Nothing, shape);

    private PolicyEntry Rule(PolicyWords words, Match match)
    {
        if (match.LooksAtPlaybook && (words.Says("playbook") || words.Says("to") || words.Says("owned")))
        {
            _yaml.Add(
                "PO006",
                words.At,
                "an entry that matches by 'impact' or 'playbook' is looked at when the playbook was chosen: 'playbook', 'to' and "
                + "'owned' belong into one that does not"
            );
        }

        return Entry(words, match);
    }

    private PolicyEntry Entry(PolicyWords words, Match match) => new(match)
    {
        At = words.At,
        Mode = words.Text("mode") is { } mode ? (Mode)PolicySchema.Modes.IndexOf(mode) : null,
        ModeFrom = words.Has("mode") ? Mismatch.Text(match) : null,
        AutoUpTo = Impacts(words),
        Owner = words.Text("owner"),
        Environment = words.Text("environment"),
        EscalateTo = words.Has("escalate-to") && words.Given<PolicyWords>("escalate-to") is var step
            ? new(step.Given<TimeSpan>("after"), step.Given<string>("owner")) : null,
        WarnBefore = words.Value<TimeSpan>("warn-before"),
        Severity = words.Text("severity"),
        Playbook = words.Text("playbook"),
        Rollout = words.Has("rollout") ? Share(words, match) : null,
        Settle = words.Value<TimeSpan>("settle"),
        ConfirmWithin = words.Value<TimeSpan>("confirm-within"),
        To = words.Has("to") ? [.. words.List<string>("to").Select(t => (Aim)PolicySchema.Aims.IndexOf(t)).Distinct()] : null,
        TagsFrom = words.Has("tags-from")
            ? [.. words.List<string>("tags-from").Select(t => (TagSource)PolicySchema.TagSources.IndexOf(t)).Distinct()]
            : null,
        Owned = words.Text("owned") switch
        {
            "change" => OwnedHandling.Change,
            "ask" => OwnedHandling.Ask,
            "revert-stack" => OwnedHandling.RevertStack,
            _ => null,
        },
        UndoOn = words.Has("undo-on") ? Alarms(words.Given<PolicyWords>("undo-on")) : null,
        SecurityHub = words.Value<bool>("security-hub"),
        Parameters = words.Json("params"),
        TrustRuleParameters = words.Value<bool>("trust-rule-parameters"),
    };

    private Share Share(PolicyWords words, Match match)
    {
        if (words.Value<int>("rollout") is { } percent)
        {
            return new(percent);
        }

        var rising = words.Given<PolicyWords>("rollout");
        if (rising.Value<int>("start") is not { } start || rising.Value<TimeSpan>("over") is not { Ticks: > 0 } over
            || rising.Value<int>("to") is not { } to)
        {
            // The shape has reported what is missing or wrong.
            return new(0);
        }

        if (start >= to)
        {
            _yaml.Add(
                "PO006",
                rising.At,
                $"a rollout rises: 'start' ({start}%) must be below 'to' ({to}%); for a share that stays, write 'rollout: {to}%'");
        }

        var hold = Section(rising, "hold-if", RolloutSchema.HoldIf with { Least = 0 });
        return new(start, new(start, to, over, new(hold.Given<int>("reverts"), hold.Given<int>("undos"), hold.Given<int>("failures")))
        {
            About = Mismatch.Text(match),
        });
    }

    private static UndoOn Alarms(PolicyWords words) =>
        new(words.List<string>("alarms"), words.Value<bool>("of-stack") ?? false, words.Given<TimeSpan>("within"));

    private static ImpactLimit? Impacts(PolicyWords words) => words.Has("auto-up-to")
        ? new([.. words.List<string>("auto-up-to").Select(i => (Impact)PolicySchema.Impacts.IndexOf(i))])
        : null;

    private static Match Matched(PolicyWords words)
    {
        var match = words.Given<PolicyWords>("match");
        return new()
        {
            Rules = match.List<string>("rule"),
            Sets = match.List<string>("set"),
            InSets = match.Has("set") ? RuleSets.Of(match.List<string>("set")) : null,
            RuleNames = match.List<string>("rule-name"),
            Accounts = match.List<string>("account"),
            Teams = match.List<string>("team"),
            Environments = match.List<string>("environment"),
            Units = match.List<string>("ou"),
            Regions = match.List<string>("region"),
            Types = match.List<string>("resource-type"),
            Services = match.List<string>("service"),
            Resources = match.List<string>("resource"),
            Impacts = [.. match.List<string>("impact").Select(i => (Impact)PolicySchema.Impacts.IndexOf(i))],
            Playbooks = match.List<string>("playbook"),
            Since = match.Value<DateTimeOffset>("since"),
            Tags = match.Table("tag"),
        };
    }

    private static Account Account(string id, PolicyWords words) => new(id)
    {
        At = words.At,
        Name = words.Text("name"),
        Unit = words.Text("ou"),
        Team = words.Text("team"),
        Environment = words.Text("environment"),
        Values = words.Texts("values"),
    };

    private Freeze Freeze(PolicyWords words, Match match)
    {
        var (from, until) = (words.Value<DateTimeOffset>("from"), words.Value<DateTimeOffset>("until"));
        if (words.Has("weekly") ? from is not null || until is not null : from is null || until is null)
        {
            _yaml.Add("PO006", words.At, "a freeze has either 'from' and 'until', or 'weekly'");
        }
        else if (from >= until)
        {
            _yaml.Add("PO006", words.At, "this freeze ends before it begins: 'until' must come after 'from'");
        }

        return new(match, words.Given<string>("reason"))
        {
            At = words.At,
            From = from ?? DateTimeOffset.MinValue,
            Until = until ?? DateTimeOffset.MinValue,
            Weekly = Times(words, "weekly"),
        };
    }

    private ImmutableArray<OpenTime> Times(PolicyWords words, string word)
    {
        var texts = words.List<string>(word);
        foreach (var text in texts.Where(t => OpenTime.Parse(t) is null))
        {
            _yaml.Add(
                "PO024",
                words.At,
                $"'{text}' is no time: it ends when it begins, or this machine does not know the time zone {OpenTime.ZoneOf(text)}");
        }

        return [.. texts.Select(OpenTime.Parse).OfType<OpenTime>()];
    }

    private static Budgets Budgets(PolicyWords words) =>
        new(words.Given<int>("per-hour"), words.Given<int>("per-account"), words.Given<int>("per-playbook"));

    private static Guards Guards(PolicyWords words) =>
        new(words.Given<int>("failures"), words.Given<int>("reverts"), words.Given<TimeSpan>("revert-window"));

    private Escalations Escalations(PolicyWords words)
    {
        var ladder = words.List<TimeSpan>("remind-after");
        if (ladder.Zip(ladder.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            _yaml.Add("PO006", words.At, "'remind-after': each reminder must come after the one before it");
        }

        return new(words.Given<int>("per-hour"), ladder, words.Given<TimeSpan>("exemption-reminder"))
        {
            ProblemAfter = words.Given<int>("problem-after"),
            OpsItems = words.Value<bool>("ops-items") ?? false,
            TimeZone = words.Text("time-zone") is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null,
        };
    }

    private RollbackPolicy Rollback(PolicyWords words)
    {
        if (words.Says("role") && !words.Says("types"))
        {
            _yaml.Add(
                "PO006",
                words.At,
                "'role' is what Cloud Control is called with, and no type is rolled back through it: add 'types', or take 'role' out");
        }

        return new(words.Given<TimeSpan>("max-age"), words.Given<TimeSpan>("quiet"))
        {
            At = words.At,
            Types = words.List<string>("types"),
            Role = words.Text("role"),
        };
    }

    private static BacklogPolicy Backlog(PolicyWords words) =>
        new(words.List<string>("accounts"), words.List<string>("regions"), words.Given<int>("per-sweep"), words.Given<TimeSpan>("every"))
        {
            Aggregator = words.Has("aggregator") && words.Given<PolicyWords>("aggregator") is var from
                ? new(from.Text("name")!, from.Text("account"), from.Text("region"))
                : null,
        };
}
