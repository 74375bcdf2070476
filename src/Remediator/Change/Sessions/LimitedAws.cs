using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;

namespace Remediator.Change.Sessions;

/// <summary>AWS in a session that is limited by a policy: a refusal says so, since the role itself may well be allowed.</summary>
internal sealed class LimitedAws(IAws inner, string limit) : IAws
{
    public async Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        try
        {
            return await inner.CallAsync(operation, input, ct);
        }
        catch (AwsException e) when (e.Fault is AwsFault.Denied)
        {
            throw Told(e);
        }
    }

    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var pages = inner.PagesAsync(operation, input, ct).GetAsyncEnumerator(ct);
        while (await NextAsync(pages))
        {
            yield return pages.Current;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (AwsException e) when (e.Fault is AwsFault.Denied)
        {
            throw Told(e);
        }
    }

    private AwsException Told(AwsException e)
    {
        var isBySession = e.ServiceMessage.Contains("session policy", StringComparison.OrdinalIgnoreCase);
        var told = isBySession
            ? $"The role may do this: the session's policy, made from {limit}, is too narrow. Nothing has to be granted. "
            : $"The session is limited to {limit}: if the role may do this, that limit is too narrow. ";
        return new(e.Operation, e.Code, e.Status, e.RequestId, $"{e.ServiceMessage.TrimEnd()} {told}{Remedy}", e)
        {
            Fault = e.Fault,
            Attempts = e.Attempts,
            Backoff = e.Backoff,
            Members = e.Members,
        };
    }

    private const string Remedy = "Report it; until it is mended, deploy with SessionPolicies=off.";
}
