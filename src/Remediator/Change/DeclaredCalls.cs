using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Sessions;
using Remediator.Incidents;
using Remediator.Playbooks;
using CallSite = Remediator.Playbooks.CallSite;

namespace Remediator.Change;

/// <summary>
/// AWS as far as a playbook reaches: whatever it declares, reads as well as changes, and nothing else. Permissions are derived from the
/// same calls. What a plan, an undo or a journaled call holds beside them is not made. What changes something goes with the credentials of
/// the change, all else with such as read.
/// </summary>
internal sealed class DeclaredCalls(IAws reads, Func<CancellationToken, Task<IAws>> enter, Playbook playbook) : IAws
{
    private readonly HashSet<string> changing = ChangeSession.Operations(playbook);

    private readonly HashSet<string> operations = CallSite.Of(playbook)
        .SelectMany(site => Operations(site.Call))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Where an incident's calls are made, as far as a playbook reaches.</summary>
    public static IAws Of(IAwsAccounts accounts, Incident incident, Playbook playbook) =>
        new DeclaredCalls(
            ReadSession.Enter(accounts, incident.Resource.Account, incident.Region, playbook),
            async ct => (await ChangeSession.EnterAsync(accounts, incident, playbook, ct)).Aws,
            playbook);

    public async Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        var aws = changing.Contains(Declared(operation)) ? await enter(ct) : reads;
        return await aws.CallAsync(operation, input, ct);
    }

    public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
        reads.PagesAsync(Declared(operation), input, ct);

    /// <summary>Whoever begins something looks how it goes.</summary>
    private static string[] Operations(Call call) => [call.Operation, .. call.Further];

    private string Declared(string operation) =>
        operations.Contains(operation) ? operation : throw new UndeclaredCallException(operation, playbook.Name);
}
