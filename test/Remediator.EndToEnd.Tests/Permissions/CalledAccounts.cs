using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>Gives clients for every account, and records the called operations and the ARNs in their inputs and outputs.</summary>
internal sealed partial class CalledAccounts(IAwsAccounts inner) : IAwsAccounts
{
    private readonly ConcurrentQueue<string> _called = [];
    private readonly ConcurrentDictionary<string, bool> _arns = new(StringComparer.Ordinal);

    /// <summary>Every ARN in an input or an output.</summary>
    public IEnumerable<string> Arns => _arns.Keys;

    public IAws For(string account, string region) => new Called(inner.For(account, region), this);

    /// <summary>
    /// Whether calls are made in sessions of their own. Without, with the credentials of the role that are there since before IAM was on:
    /// the emulator knows no credentials by which it could let anybody assume a role then.
    /// </summary>
    public bool HasSessions { get; set; } = true;

    public AccountCredentials CredentialsIn(string account) => HasSessions ? inner.CredentialsIn(account) : AccountCredentials.Role;

    public IAws For(string account, string region, RoleSession session) =>
        HasSessions ? new Called(inner.For(account, region, session), this) : For(account, region);

    public async Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct) =>
        HasSessions ? new Called(await inner.EnterAsync(account, region, session, ct), this) : For(account, region);

    /// <summary>The operations that were called since the last time.</summary>
    public HashSet<string> Take()
    {
        var taken = _called.ToHashSet(StringComparer.Ordinal);
        _called.Clear();
        return taken;
    }

    private JsonElement Noted(JsonElement value)
    {
        foreach (var arn in Arn().Matches(value.ValueKind is JsonValueKind.Undefined ? "" : value.GetRawText()).Select(m => m.Value))
        {
            _arns.TryAdd(arn, true);
        }

        return value;
    }

    // Up to the quotation mark after it, which is escaped inside a policy document.
    [GeneratedRegex("""arn:aws:[^"\\\s,]+""")]
    private static partial Regex Arn();

    private sealed class Called(IAws inner, CalledAccounts all) : IAws
    {
        public async Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            all._called.Enqueue(operation);
            return all.Noted(await inner.CallAsync(operation, all.Noted(input), ct));
        }

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            all._called.Enqueue(operation);
            await foreach (var page in inner.PagesAsync(operation, all.Noted(input), ct))
            {
                yield return all.Noted(page);
            }
        }
    }
}
