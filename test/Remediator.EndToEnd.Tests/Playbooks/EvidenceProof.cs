using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>Before approval, a person sees the answers of the playbook's queries, all of them readable, and nothing is changed.</summary>
internal static class EvidenceProof
{
    public static async Task RunAsync(PlaybookCase @case, Scope scope, Stage asking, ResourceKey resource)
    {
        if (new PlaybookLibrary(PlaybookCases.PlaybookFolder).Load(@case.Playbook).Evidence.IsEmpty)
        {
            Assert.True(@case.Evidence.IsEmpty, "The playbook has no evidence.");
            return;
        }

        var outcome = await asking.EventAsync(resource);

        var asked = Assert.IsType<Outcome.AwaitingApproval>(outcome).Incident;
        Assert.Empty(asking.Accounts.Changes);
        var shown = string.Join('\n', asked.Change?.Evidence?.Lines ?? []);
        Assert.False(@case.Evidence.IsEmpty, $"The case says nothing of the evidence, which is\n{shown}");
        Assert.DoesNotContain("could not be read", shown, StringComparison.Ordinal);
        Assert.All(@case.Evidence, text => Assert.Contains(text.Render(scope).ToString(), shown, StringComparison.Ordinal));
        Assert.All(asked.Change!.Evidence!.Lines, line =>
            Assert.Contains(line, Assert.Single(asking.Notices).ByProtocol["email"], StringComparison.Ordinal));
    }
}
