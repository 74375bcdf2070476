using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>
/// Every one of AWS Config's managed rules with what Remediator does about it, computed from the playbooks that there are.
/// </summary>
internal sealed class CatalogReport(IReadOnlyCollection<Playbook> playbooks)
{
    private static readonly ImmutableArray<(Answer Answer, string Name, string Words)> Answers =
    [
        (Answer.Automatic, "automatic", "fixed automatically"),
        (Answer.WithParameter, "parameter", "fixed with a parameter"),
        (Answer.AfterApproval, "approval", "fixed after approval"),
        (Answer.Escalated, "escalated", "escalated with guidance"),
    ];

    /// <summary>In the order of the rules' identifiers.</summary>
    public ImmutableArray<CatalogLine> Lines =>
        _lines ??= [.. ManagedRule.All.Values.OrderBy(r => r.Id, StringComparer.Ordinal).Select(Line)];

    private ImmutableArray<CatalogLine>? _lines;

    /// <summary>How many rules have each answer, in the order of what has to be done by people.</summary>
    public ImmutableArray<(string Words, int Rules)> Counts => [.. Answers.Select(a => (a.Words, Lines.Count(l => l.Answer == a.Answer)))];

    /// <summary>The text of <see cref="PlaybookLibrary.GuideFile"/>.</summary>
    public string Guides() =>
        string.Concat(Lines.Where(l => l.Answer is Answer.Escalated).Select(l => (l.Rule.Id, Guide: Guidance.GuideOf(l.Rule))).Select(g => $"{g.Id}\t{g.Guide.Checks}\t{g.Guide.Todo}\n"));

    public static string Words(Answer answer) => Answers.Single(a => a.Answer == answer).Words;

    /// <summary>The counts for machines, as the member <c>counts</c>.</summary>
    public void WriteCounts(Utf8JsonWriter w)
    {
        w.WriteStartObject("counts");
        foreach (var (answer, name, _) in Answers)
        {
            w.WriteNumber(name, Lines.Count(l => l.Answer == answer));
        }

        w.WriteEndObject();
    }

    /// <summary>The members of a line for machines.</summary>
    public static void Write(Utf8JsonWriter w, CatalogLine line)
    {
        w.WriteString("rule", line.Rule.Id);
        w.WriteString("answer", Answers.Single(a => a.Answer == line.Answer).Name);
        w.WriteString("class", line.Rule.Class);
        List(w, "resourceTypes", line.Rule.Types);
        List(w, "playbooks", line.Playbooks);
        w.WriteString("guidance", line.Guidance);
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
        ImmutableArray<Playbook> answering = [.. playbooks.Where(p => p.Rules.Contains(rule.Id)).OrderBy(p => p.Name, StringComparer.Ordinal)];
        return answering.IsEmpty
            ? new(rule, Answer.Escalated, [], Guidance.Of(rule))
            : new(rule, answering.Min(p => AnswerOf(rule, p)), [.. answering.Select(p => p.Name)], Guidance.Of(answering[0]));
    }

    private static Answer AnswerOf(ManagedRule rule, Playbook playbook) => playbook switch
    {
        { Impact: Impact.Restart or Impact.Access or Impact.Data or Impact.Irreversible } => Answer.AfterApproval,
        _ when rule.Class is "approve" => Answer.AfterApproval,
        _ when playbook.Parameters.Any(p => p.Required) => Answer.WithParameter,
        _ => Answer.Automatic,
    };
}
