using Remediator.Incidents;

namespace Remediator.Tests.Change;

/// <summary>A worker's hold on an incident: keeps what was saved, and notes each save and check with what else is noted.</summary>
internal sealed class SavedRun(Incident incident, TimeProvider clock, List<string> noted) : IRun
{
    public Incident Incident { get; private set; } = incident;

    public TimeProvider Clock => clock;

    /// <summary>What a check fails with; null while it does not.</summary>
    public Exception? Stops { get; set; }

    public Task CheckAsync(CancellationToken ct)
    {
        noted.Add("check");
        return Stops is { } stops ? Task.FromException(stops) : Task.CompletedTask;
    }

    public Task SaveAsync(Incident next, CancellationToken ct)
    {
        Incident = next;
        var runbook = next.Change?.Runbook;
        noted.Add($"save {(runbook is null ? "no run" : $"{runbook.Execution ?? "no id"} {runbook.Status}".TrimEnd())}");
        return Task.CompletedTask;
    }
}
