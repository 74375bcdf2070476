using System.Collections.Immutable;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>The pagination of an operation.</summary>
/// <param name="InputTokens">The members of the input that hold the token for the next page.</param>
/// <param name="OutputTokens">For each of them, the expression over the output that gives the token.</param>
/// <param name="ResultKeys">The expressions over the output that select the items.</param>
/// <param name="MoreResults">The expression over the output that says whether more follows; null if the tokens say it.</param>
/// <param name="LimitKey">The member of the input that limits the size of a page, if any.</param>
public sealed record Paginator(
    ImmutableArray<string> InputTokens,
    ImmutableArray<string> OutputTokens,
    ImmutableArray<string> ResultKeys,
    string? MoreResults,
    string? LimitKey)
{
    internal static Paginator Read(JsonElement text) => new(
        OneOrMany(text, "input_token"),
        OneOrMany(text, "output_token"),
        OneOrMany(text, "result_key"),
        text.Text("more_results"),
        text.Text("limit_key"));

    private static ImmutableArray<string> OneOrMany(JsonElement text, string name) =>
        text.Text(name) is { } one ? [one] : [.. text.Texts(name)];
}
