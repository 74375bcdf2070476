using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// Reads what a person asks before saying yes. It decides nothing and ends nothing: what cannot be read is said to be so, and the notice
/// goes out.
/// </summary>
internal sealed class EvidenceReader(IAwsAccounts accounts, IncidentPlaybooks playbooks, TimeProvider clock)
{
    private const int MostPages = 2;
    private const int MostLines = 8;
    private const int LongestLine = 200;

    /// <summary>The incident with the answers beside its plan, where it has a plan, and its playbook asks something.</summary>
    public async Task<Incident> WithAsync(Incident incident, CancellationToken ct)
    {
        if (incident.Change is not { } change || PlaybookOf(change) is not { Evidence: [_, ..] queries } playbook)
        {
            return incident;
        }

        var begun = clock.GetUtcNow();
        var aws = new BoundedAws(DeclaredCalls.Of(accounts, incident, playbook), Limits.EvidenceCalls, MostPages);
        var scope = Scope.From(change.Inputs).With("state", StateOf(playbook, change.Plan));
        var answers = ImmutableArray.CreateBuilder<EvidenceAnswer>();
        foreach (var query in queries.Take(Limits.EvidenceQueries))
        {
            var isLate = clock.GetUtcNow() - begun > Limits.EvidenceTime;
            answers.Add(
                new(query.Show, isLate ? [Unread("the questions before it took too long")] : await AnswerAsync(query.Query, scope, aws, ct))
            );
        }

        return Transitions.WithEvidence(incident, new(begun, answers.ToImmutable()));
    }

    /// <summary>A text that this deployment cannot read has no questions: what is wrong with it is said elsewhere.</summary>
    private Playbook? PlaybookOf(PlannedChange change)
    {
        try
        {
            return playbooks.Of(change);
        }
        catch (Exception e) when (e is UnknownPlaybookException or InvalidFileException or FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<ImmutableArray<string>> AnswerAsync(Query query, Scope scope, BoundedAws aws, CancellationToken ct)
    {
        aws.Begin();
        try
        {
            var lines = LinesOf((await Reader.ReadAsync(query, scope, aws, ct)).State);
            return aws.WasCut ? lines.Add("and more: not all pages were read") : lines;
        }
        catch (CallLimitException e)
        {
            return [Unread(e.Message)];
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return [Unread(fault.Detail)];
        }
        catch (Exception e) when (Defect.Is(e))
        {
            return [Unread("a defect in this program")];
        }
    }

    private static string Unread(string why) => PlainText.Line($"could not be read: {why}", LongestLine);

    /// <summary>What was read before the change; of several settings, those that would be changed, by their names.</summary>
    private static JsonElement StateOf(Playbook playbook, Plan plan) => playbook.Steps.Length > 1
        ? Json.Object(plan.Steps.Select(s => KeyValuePair.Create(s.Step, s.Before)))
        : plan.Steps is [var only, ..] ? only.Before : Json.Null;

    private static ImmutableArray<string> LinesOf(JsonElement answer)
    {
        if (!answer.IsList())
        {
            return [answer.IsNull() ? "nothing" : Line(answer)];
        }

        ImmutableArray<JsonElement> items = [.. answer.EnumerateArray()];
        return items switch
        {
            [] => ["none"],
            { Length: <= MostLines } => [.. items.Select(Line)],
            _ => [.. items.Take(MostLines).Select(Line), $"and {items.Length - MostLines} more"],
        };
    }

    private static string Line(JsonElement value) => PlainText.Line(ShownValue.Of("", value), LongestLine);
}
