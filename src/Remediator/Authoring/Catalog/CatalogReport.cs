using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Authoring.Data;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Authoring.Catalog;

/// <summary>All of AWS Config's managed rules with what Remediator does about each, computed from the playbooks.</summary>
internal sealed class CatalogReport(IReadOnlyCollection<Playbook> playbooks)
{
    private static readonly ImmutableArray<(Answer Answer, string Name, string Words)> Answers =
    [
        (Answer.Automatic, "automatic", "fixed automatically"),
        (Answer.WithParameter, "parameter", "fixed with a parameter"),
        (Answer.AfterApproval, "approval", "fixed after approval"),
        (Answer.Escalated, "escalated", "escalated with guidance"),
    ];

    /// <summary>What is read for people about rules that no playbook answers.</summary>
    public ImmutableArray<Guide> Guides { get; init; } = [];

    /// <summary>Sorted by the rules' identifiers.</summary>
    public ImmutableArray<CatalogLine> Lines =>
        _lines ??= [.. ManagedRule.All.Values.OrderBy(r => r.Id, StringComparer.Ordinal).Select(Line)];

    private ImmutableArray<CatalogLine>? _lines;

    /// <summary>How many rules have each answer, ordered by how much people have to do, and how much these rules are used.</summary>
    public ImmutableArray<(string Words, int Rules, int Weight)> Counts =>
        [.. Answers.Select(a => (a.Words, Lines.Count(l => l.Answer == a.Answer), Lines.Where(l => l.Answer == a.Answer).Sum(Weight)))];

    /// <summary>The number of pairs of an AWS conformance pack and a rule in it.</summary>
    public int TotalWeight => Lines.Sum(Weight);

    /// <summary>A weight's share of the total.</summary>
    public double Share(int weight) => TotalWeight == 0 ? 0 : (double)weight / TotalWeight;

    /// <summary>The well-known sets of rules.</summary>
    public ImmutableArray<(RuleSet Set, ImmutableArray<CatalogLine> Lines)> Sets =>
        [.. RuleSet.All.Select(s => (s, Lines.Where(l => l.Rule.Use.Sets.Contains(s.Id)).ToImmutableArray()))];

    public static string Words(Answer answer) => Answers.Single(a => a.Answer == answer).Words;

    /// <summary>The counts as JSON, in the members <c>listedOn</c>, <c>counts</c>, <c>weight</c> and <c>sets</c>.</summary>
    public void WriteCounts(Utf8JsonWriter w)
    {
        w.WriteString("listedOn", ManagedRule.ListedOn.ToString("O", CultureInfo.InvariantCulture));
        Write(w, "counts", Lines, _ => 1);
        Write(w, "weight", Lines, Weight);
        w.WriteStartArray("sets");
        foreach (var (set, lines) in Sets)
        {
            w.WriteStartObject();
            w.WriteString("set", set.Id);
            w.WriteString("title", set.Title);
            w.WriteNumber("rules", lines.Length);
            w.WriteNumber("answered", lines.Count(IsAnswered));
            Write(w, "counts", lines, _ => 1);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    public static bool IsAnswered(CatalogLine line) => line.Answer is not Answer.Escalated;

    private static void Write(Utf8JsonWriter w, string member, ImmutableArray<CatalogLine> lines, Func<CatalogLine, int> measure)
    {
        w.WriteStartObject(member);
        foreach (var (answer, name, _) in Answers)
        {
            w.WriteNumber(name, lines.Where(l => l.Answer == answer).Sum(measure));
        }

        w.WriteEndObject();
    }

    private static int Weight(CatalogLine line) => line.Rule.Use.Packs;

    /// <summary>The JSON members of a line.</summary>
    public static void Write(Utf8JsonWriter w, CatalogLine line)
    {
        w.WriteString("rule", line.Rule.Id);
        w.WriteString("answer", Answers.Single(a => a.Answer == line.Answer).Name);
        w.WriteString("class", line.Rule.Class);
        w.WriteBoolean("ended", line.Rule.HasEnded);
        w.WriteNumber("packs", line.Rule.Use.Packs);
        List(w, "sets", line.Rule.Use.Sets);
        List(w, "resourceTypes", line.Rule.Types);
        List(w, "playbooks", line.Playbooks);
        w.WriteString("guidance", line.Guidance);
        List(w, "evidence", [.. line.Evidence.Select(e => e.Show).Distinct()]);
    }

    private static void List(Utf8JsonWriter w, string name, ImmutableArray<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values)
        {
            w.WriteStringValue(value);
        }

        w.WriteEndArray();
    }

    private CatalogLine Line(ManagedRule rule)
    {
        ImmutableArray<Playbook> answering =
        [
            .. playbooks.Where(p => p.Containment is null && p.Rules.Contains(rule.Id)).OrderBy(p => p.Name, StringComparer.Ordinal),
        ];
        return answering.IsEmpty
            ? new(rule, Answer.Escalated, [], Guidance.Of(rule) + ContainmentOf(rule)) { Evidence = EvidenceOf(rule) }
            : new(
                rule,
                answering.Min(p => AnswerOf(rule, p)),
                [.. answering.Select(p => p.Name)],
                Guidance.Of(answering[0]) + ContainmentOf(rule))
            {
                Evidence = [.. answering.SelectMany(p => p.Evidence).Concat(EvidenceOf(rule))],
            };
    }

    private ImmutableArray<EvidenceQuery> EvidenceOf(ManagedRule rule) =>
        [.. Guides.Where(g => g.Reads.Rules.Contains(rule.Id)).SelectMany(g => g.Reads.Evidence)];

    /// <summary>It is no answer: the policy has to name it, and a person has to agree.</summary>
    private string ContainmentOf(ManagedRule rule) => string.Concat(playbooks
        .Where(p => p.Containment is not null && p.Rules.Contains(rule.Id))
        .Select(p => $" Where the policy names it, {p.Name} contains it after a yes: {p.Summary}"));

    private static Answer AnswerOf(ManagedRule rule, Playbook playbook) => playbook switch
    {
        { Impact: Impact.Restart or Impact.Access or Impact.Data or Impact.Irreversible } => Answer.AfterApproval,
        _ when rule.Class is "approve" => Answer.AfterApproval,
        _ when playbook.Parameters.Any(p => p.Required) || NeedsValuesOfTags(playbook) => Answer.WithParameter,
        _ => Answer.Automatic,
    };

    /// <summary>A rule may name only keys, and a playbook for tags has no values: the policy must give them.</summary>
    private static bool NeedsValuesOfTags(Playbook playbook) => playbook.RuleReads.HasTags && !playbook.Parameters.Any(
        p => p.Name is "tags" && p.Default.IsObject() && p.Default.EnumerateObject().Any());
}
