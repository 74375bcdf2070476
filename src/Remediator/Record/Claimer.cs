using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Record;

/// <summary>Takes the resource of an event, waiting a little where another worker is about to be done with it.</summary>
internal sealed class Claimer(IJournal journal, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Run Run(Claim.Mine mine) => new(journal, mine.Incident, mine.Lease, clock);

    public Task<Claim> ClaimAsync(ComplianceChange change, Decision decision, CancellationToken ct)
    {
        var opening = Opening(change, decision);
        return WaitAsync(() => journal.ClaimAsync(opening, ct), ct);
    }

    public Task<Claim> ResumeAsync(Incident incident, CancellationToken ct) => WaitAsync(() => journal.ResumeAsync(incident, ct), ct);

    /// <summary>Takes it only where nobody has it: the sweep comes by again, and live events go first.</summary>
    public Task<Claim> TryResumeAsync(Incident incident, CancellationToken ct) => journal.ResumeAsync(incident, ct);

    private async Task<Claim> WaitAsync(Func<Task<Claim>> claim, CancellationToken ct)
    {
        var end = clock.GetUtcNow() + Patience;
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause *= 2)
        {
            var result = await claim();
            if (result is not Claim.Taken(var until) || clock.GetUtcNow() + pause > end || until - clock.GetUtcNow() > TimeSpan.FromMinutes(30))
            {
                return result;
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    private Incident Opening(ComplianceChange change, Decision decision)
    {
        var act = decision as Decision.Act;
        var resource = GlobalResources.Key(change.Resource, act?.Playbook);
        var now = clock.GetUtcNow();
        return new()
        {
            Id = IncidentId.Of(Incident.KeyOf(resource, change.Rule), change.RecordedAt).Value,
            Resource = resource,
            Region = change.Resource.Region,
            Rule = change.Rule,
            RuleIdentifier = act?.Rule.SourceIdentifier ?? "",
            State = IncidentState.Open,
            OpenedAt = now,
            ChangedAt = now,
            RecordedAt = change.RecordedAt,
            Due = now + TimeSpan.FromMinutes(5),
            IsFirst = change.IsFirst,
            Annotation = change.Annotation,
            Mode = act?.Mode.ToString().ToLowerInvariant() ?? "",
            Owner = act?.Policy.Owner ?? "",
            Environment = act?.Policy.Environment ?? "",
            Severity = act?.Policy.Severity ?? "warning",
            Playbook = act?.Playbook.Name ?? "",
        };
    }
}
