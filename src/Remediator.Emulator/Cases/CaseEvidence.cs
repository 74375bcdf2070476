using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Emulator.Cases;

/// <summary>Before approval, a person sees the answers of the playbook's queries, all of them readable, and nothing is changed.</summary>
internal static class CaseEvidence
{
    /// <summary>The step; null where neither the playbook nor the case has evidence.</summary>
    public static async Task<CaseStep?> StepAsync(PlaybookCase @case, Playbook playbook, Scope scope, Stage asking, ResourceKey resource)
    {
        if (playbook.Evidence.IsEmpty)
        {
            return @case.Evidence.IsEmpty ? null : new("evidence", Holds: false, "The case has evidence, and the playbook asks for none.");
        }

        var outcome = await asking.EventAsync(resource);
        string[] lines = [.. (outcome as Outcome.AwaitingApproval)?.Incident.Change?.Evidence?.Lines ?? []];
        var shown = string.Join('\n', lines);
        return Problem() is { } problem
            ? new("evidence", Holds: false, problem) { Calls = [.. asking.Accounts.Changes] }
            : new("evidence", Holds: true, $"A person who is asked sees: {shown}");

        string? Problem() => 0 switch
        {
            _ when outcome is not Outcome.AwaitingApproval => $"In mode approve it ends in {outcome.Name}: {outcome.Reason}",
            _ when !asking.Accounts.Changes.IsEmpty => "In mode approve something was changed.",
            _ when @case.Evidence.IsEmpty => $"The case says nothing of the evidence, which is\n{shown}",
            _ when shown.Contains("could not be read", StringComparison.Ordinal) => shown,
            _ when Missing() is { } text => $"'{text}' is not in the evidence, which is\n{shown}",
            _ when !lines.All(l => asking.Notices is [{ } notice] && notice.ByProtocol["email"].Contains(l, StringComparison.Ordinal)) =>
                "The mail does not show the evidence.",
            _ => null,
        };

        string? Missing() =>
            @case.Evidence.Select(t => t.Render(scope).ToString()).FirstOrDefault(t => !shown.Contains(t, StringComparison.Ordinal));
    }
}
