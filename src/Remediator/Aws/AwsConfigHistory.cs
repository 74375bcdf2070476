using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>The history of AWS Config. A page covers at most seven days: it may be short, or empty, with more to come.</summary>
internal sealed class AwsConfigHistory(IAwsAccounts accounts) : IConfigHistory
{
    public async IAsyncEnumerable<JsonElement> ItemsAsync(
        string account, string region, string type, string id, DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        var pages = accounts.For(account, region).PagesAsync("config:GetResourceConfigHistory", Input(type, id, since), ct)
            .GetAsyncEnumerator(ct);
        await using (pages)
        {
            while (await HasMoreAsync(pages))
            {
                foreach (
                    var item in pages.Current.Member("configurationItems") is { ValueKind: JsonValueKind.Array } items
                        ? items.EnumerateArray()
                        : [])
                {
                    yield return item;
                }
            }
        }
    }

    private static async Task<bool> HasMoreAsync(IAsyncEnumerator<JsonElement> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (AwsException e) when (e.Code is "ResourceNotDiscoveredException")
        {
            // Config never recorded it.
            return false;
        }
    }

    private static JsonElement Input(string type, string id, DateTimeOffset since) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("resourceType"u8, type);
        w.WriteString("resourceId"u8, id);
        w.WriteString("chronologicalOrder"u8, "Reverse");
        w.WriteNumber("earlierTime"u8, since.ToUnixTimeSeconds());
        w.WriteNumber("limit"u8, 100);
        w.WriteEndObject();
    });
}
