using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;

namespace Remediator.Emulator.Cases;

/// <summary>Passes on every call and records those that change something.</summary>
internal sealed partial class CountedAws(IAws inner, ConcurrentQueue<PlannedCall> changes) : IAws
{
    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        if (!Reading().IsMatch(operation))
        {
            // The emulator accepts many inputs that AWS's own limits reject.
            LengthCheck.Run(Operations.Find(operation, CaseEmulator.Model), input);
            changes.Enqueue(new(operation, input));
        }

        return inner.CallAsync(operation, input, ct);
    }

    public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
        inner.PagesAsync(operation, input, ct);

    [GeneratedRegex("^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)")]
    private static partial Regex Reading();
}

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
