using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;

namespace Remediator.Change;

/// <summary>
/// AWS for one look at a resource: the same question is asked once, so that a setting, what is known of the type and the guards are judged
/// by one answer. A look changes nothing; the next look asks anew.
/// </summary>
internal sealed class AskedOnce(IAws inner) : IAws
{
    private readonly Dictionary<(string Operation, string Input), List<JsonElement>> answered = [];

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
        throw new InvalidOperationException($"A look reads pages: {operation} is none of its questions.");

    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
    {
        var question = (operation, input.ValueKind is JsonValueKind.Undefined ? "" : input.GetRawText());
        if (!answered.TryGetValue(question, out var pages))
        {
            pages = [];
            await foreach (var page in inner.PagesAsync(operation, input, ct))
            {
                pages.Add(page);
            }

            // Only a whole answer is kept: what failed is asked again.
            answered.Add(question, pages);
        }

        foreach (var page in pages)
        {
            yield return page;
        }
    }
}
