using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Record;

/// <summary>Takes the resource of an event, waiting a little where another worker is about to be done with it.</summary>
internal sealed class Claimer(IJournal journal, Limits limits, TimeProvider clock)
{
    public Run Run(Claim.Mine mine) => new(journal, mine.Incident, mine.Lease, clock);

    /// <param name="change">The event.</param>
    /// <param name="playbook">What answers it; null where nothing does.</param>
    /// <param name="terms">What the policy says.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<Claim> ClaimAsync(ComplianceChange change, Playbook? playbook, Terms terms, CancellationToken ct)
    {
        var opening = Opening(change, playbook, terms);
        return WaitAsync(() => journal.ClaimAsync(opening, ct), ct);
    }

    /// <summary>Takes the open incident that a compliant event is about; no claim, and why, where there is none to close.</summary>
    public async Task<(Claim? Claim, Doubt Why)> ClaimOpenAsync(
        ComplianceChange change, Func<Incident, ComplianceChange, CancellationToken, Task<Doubt?>> doubts, CancellationToken ct)
    {
        foreach (var resource in GlobalResources.Keys(change.Resource))
        {
            if (await journal.FindOpenAsync(Incident.KeyOf(resource, change.Rule), ct) is { } open
                && change.RecordedAt > open.Origin.RecordedAt)
            {
                return ClaimRules.KeepsOpen(open, change) is { } why ? (null, new(why, MayPass: false))
                    : await doubts(open, change, ct) is { } doubt ? (null, doubt)
                    : (await ResumeAsync(open, ct), new($"another worker has incident {open.Id}", MayPass: true));
            }
        }

        return (null, new("no open incident", MayPass: false));
    }

    public Task<Claim> ResumeAsync(Incident incident, CancellationToken ct) => WaitAsync(() => TryResumeAsync(incident, ct), ct);

    /// <summary>Takes it only where nobody has it: the sweep comes by again, and live events go first.</summary>
    public Task<Claim> TryResumeAsync(Incident incident, CancellationToken ct) => incident.NotUnderstood is null
        ? journal.ResumeAsync(incident, ct)
        : Task.FromResult<Claim>(new Claim.NotUnderstood(incident));

    private async Task<Claim> WaitAsync(Func<Task<Claim>> claim, CancellationToken ct)
    {
        var end = clock.GetUtcNow() + Limits.ClaimPatience;
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause *= 2)
        {
            var result = await claim();
            if (result is not Claim.Taken(var until)
                || clock.GetUtcNow() + pause > end
                || until - clock.GetUtcNow() > TimeSpan.FromMinutes(30))
            {
                return result;
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    /// <summary>The incident that an event opens where there is none.</summary>
    public Incident Opening(ComplianceChange change, Playbook? playbook, Terms terms)
    {
        var (resource, now) = (GlobalResources.Key(change.Resource, playbook, terms.RuleIdentifier), clock.GetUtcNow());
        return new()
        {
            Id = IncidentId.Of(Incident.KeyOf(resource, change.Rule), change.RecordedAt).Value,
            State = IncidentState.Open,
            Origin = new()
            {
                Resource = resource,
                Rule = change.Rule,
                Region = change.Resource.Region,
                RecordedAt = change.RecordedAt,
                IsFirst = change.IsFirst,
                CompliantBefore = change.CompliantBefore,
                OrderedAt = change.OrderedAt,
                Asked = change.Asked,
                Annotation = change.Annotation,
            },
            Terms = terms with { RevertWindow = limits.RevertWindow },
            OpenedAt = now,
            ChangedAt = now,
            Due = now + Limits.OpenAgain,
        };
    }
}
