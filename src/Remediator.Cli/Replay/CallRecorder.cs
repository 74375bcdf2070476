using System.Collections.Concurrent;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Cli.Replay;

/// <summary>Notes the changing calls as they are made: the pipeline reads by pages and changes by single calls.</summary>
internal sealed class CallRecorder(IAwsAccounts accounts) : IAwsAccounts
{
    private readonly ConcurrentQueue<PlannedCall> _calls = [];

    /// <summary>In the order made, those that AWS refused included.</summary>
    public IReadOnlyCollection<PlannedCall> Calls => _calls;

    public IAws For(string account, string region) => new Recording(accounts.For(account, region), _calls);

    public AccountCredentials CredentialsIn(string account) => accounts.CredentialsIn(account);

    public IAws For(string account, string region, RoleSession session) => new Recording(accounts.For(account, region, session), _calls);

    public async Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct) =>
        new Recording(await accounts.EnterAsync(account, region, session, ct), _calls);

    private sealed class Recording(IAws aws, ConcurrentQueue<PlannedCall> calls) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            calls.Enqueue(new(operation, input));
            return aws.CallAsync(operation, input, ct);
        }

        public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
            aws.PagesAsync(operation, input, ct);
    }
}
