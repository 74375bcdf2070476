using System.Text.Json;
using Remediator.Aws;
using Remediator.EndToEnd.Tests.Playbooks;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>Holds what a stand-in answers to the same permissions as the emulator holds its own operations to, while those are enforced.</summary>
internal sealed class GuardedStandIns(IAwsAccounts emulator, StandIn? standIn) : IAwsAccounts
{
    private readonly IAwsAccounts _inner = standIn is null ? emulator : new StandInAccounts(emulator, standIn);

    /// <summary>Whether an operation is granted; null while nothing is enforced.</summary>
    public Func<string, bool>? IsGranted { get; set; }

    public IAws For(string account, string region) => new Guarded(_inner.For(account, region), this);

    private void Check(string operation)
    {
        if (standIn is not null && standIn.Calls.ContainsKey(operation) && IsGranted?.Invoke(operation) is false)
        {
            throw new AwsException(operation, "AccessDeniedException", 403, "stand-in", "The role may not do this.");
        }
    }

    private sealed class Guarded(IAws inner, GuardedStandIns all) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            all.Check(operation);
            return inner.CallAsync(operation, input, ct);
        }

        public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct)
        {
            all.Check(operation);
            return inner.PagesAsync(operation, input, ct);
        }
    }
}
