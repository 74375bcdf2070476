using System.Collections.Concurrent;
using System.Text.Json;
using Remediator.Aws;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>Gives ways into every account, and keeps which operations were called.</summary>
internal sealed class CalledAccounts(IAwsAccounts inner) : IAwsAccounts
{
    private readonly ConcurrentQueue<string> _called = [];

    public IAws For(string account, string region) => new Called(inner.For(account, region), _called);

    /// <summary>The operations that were called since the last time.</summary>
    public HashSet<string> Take()
    {
        var taken = _called.ToHashSet(StringComparer.Ordinal);
        _called.Clear();
        return taken;
    }

    private sealed class Called(IAws inner, ConcurrentQueue<string> called) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            called.Enqueue(operation);
            return inner.CallAsync(operation, input, ct);
        }

        public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct)
        {
            called.Enqueue(operation);
            return inner.PagesAsync(operation, input, ct);
        }
    }
}
