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
    /// <summary>The incident with the answers beside its plan, where it has a plan, and its playbook asks something.</summary>
    public async Task<Incident> WithAsync(Incident incident, CancellationToken ct)
    {
        if (incident.Change is not { } change || PlaybookOf(change) is not { Evidence: [_, ..] queries } playbook)
        {
            return incident;
        }

        var begun = clock.GetUtcNow();
        var questions = new Questions(DeclaredCalls.Of(accounts, incident, playbook), begun, clock);
        var scope = Scope.From(change.Inputs).With("state", StateOf(playbook, change.Plan));
        var answers = ImmutableArray.CreateBuilder<EvidenceAnswer>();
        foreach (var query in queries.Take(Limits.EvidenceQueries))
        {
            answers.Add((await questions.AnswerAsync(query, scope, ct)).Shown);
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

    /// <summary>What was read before the change; of several settings, those that would be changed, by their names.</summary>
    private static JsonElement StateOf(Playbook playbook, Plan plan) => playbook.Steps.Length > 1
        ? Json.Object(plan.Steps.Select(s => KeyValuePair.Create(s.Step, s.Before)))
        : plan.Steps is [var only, ..] ? only.Before : Json.Null;
}
