using System.Collections.Concurrent;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Emulator.Cases;

/// <summary>Gives recording clients for every account.</summary>
internal sealed class CountedAccounts(IAwsAccounts inner) : IAwsAccounts
{
    /// <summary>The calls that changed something, in order.</summary>
    public ConcurrentQueue<PlannedCall> Changes { get; } = [];

    /// <summary>The sessions in which something may be changed, each once.</summary>
    public ConcurrentQueue<RoleSession> Sessions { get; } = [];

    public IAws For(string account, string region) => new CountedAws(inner.For(account, region), Changes);

    public AccountCredentials CredentialsIn(string account) => inner.CredentialsIn(account);

    public IAws For(string account, string region, RoleSession session) => new CountedAws(inner.For(account, region, session), Changes);

    public async Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct)
    {
        if (!Sessions.Contains(session))
        {
            Sessions.Enqueue(session);
        }

        return new CountedAws(await inner.EnterAsync(account, region, session, ct), Changes);
    }
}
