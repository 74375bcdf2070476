using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;

namespace Remediator.Change;

/// <summary>
/// AWS for what must not take long: so many calls, and of each list so many pages. Whether anything was left out is known after.
/// </summary>
internal sealed class BoundedAws(IAws inner, int mostCalls, int mostPages) : IAws
{
    private int made;

    /// <summary>Since the last question, a list had more pages than were read.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The next question begins.</summary>
    public void Begin() => WasCut = false;

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        Count();
        return inner.CallAsync(operation, input, ct);
    }

    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
    {
        var pages = 0;
        Count();
        await foreach (var page in inner.PagesAsync(operation, input, ct))
        {
            if (pages++ >= mostPages)
            {
                // This page is only how one knows that there is more.
                WasCut = true;
                yield break;
            }

            yield return page;
            if (pages > 1)
            {
                Count();
            }
        }
    }

    private void Count()
    {
        if (made++ >= mostCalls)
        {
            throw new CallLimitException(mostCalls);
        }
    }
}
