using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>
/// Keeps an OpsItem for each problem that people were told of: opened, brought up to date where the problem has become larger, and resolved
/// with it. One that somebody deleted stays deleted.
/// </summary>
/// <remarks>
/// Whoever is stopped between opening one and noting its id finds it again by its key, which OpsCenter holds against duplicates.
/// </remarks>
internal sealed class OpsItemRounds(IJournal journal, IOpsItems items)
{
    public const string Bookmark = "ops items";

    public async Task GoRoundAsync(CancellationToken ct)
    {
        var told = ToldProblem.Read(await journal.BookmarkAsync(ToldProblem.Bookmark, ct));
        var kept = Kept.Read(await journal.BookmarkAsync(Bookmark, ct));
        foreach (var problem in told)
        {
            kept = await KeepAsync(kept, problem, ct);
        }

        foreach (var over in kept.Where(k => told.All(t => t.Key != k.Key)))
        {
            await items.ResolveAsync(over.Id, ct);
            kept = await NoteAsync(kept.Remove(over), ct);
        }
    }

    private async Task<ImmutableArray<Kept>> KeepAsync(ImmutableArray<Kept> kept, ToldProblem problem, CancellationToken ct)
    {
        var before = kept.FirstOrDefault(k => k.Key == problem.Key);
        if (before is null)
        {
            return await NoteAsync(kept.Add(new(problem.Key, await items.OpenAsync(Of(problem), ct), problem.Count)), ct);
        }

        if (before.Count == problem.Count)
        {
            return kept;
        }

        // What somebody deleted is noted all the same, so that it is asked about no more often than the problem grows.
        await items.UpdateAsync(before.Id, Of(problem), ct);
        return await NoteAsync(kept.Replace(before, before with { Count = problem.Count }), ct);
    }

    private async Task<ImmutableArray<Kept>> NoteAsync(ImmutableArray<Kept> kept, CancellationToken ct)
    {
        await journal.SetBookmarkAsync(Bookmark, Kept.Write(kept), ct);
        return kept;
    }

    /// <summary>No values of resources: whoever may open OpsCenter reads it.</summary>
    private static OpsItem Of(ToldProblem problem)
    {
        var says = PlainText.Line(problem.Says is "" ? "they have one cause" : problem.Says, 300);
        return new(
            problem.Key,
            $"Remediator: {problem.Count} incidents of one cause, of {problem.Owner}",
            $"""
             {problem.Count} incidents wait for people, beside those that were told one by one: {says}.

             Problem {problem.Id}, since {problem.Since:u}.
             Look: remediator problems
             Take on: remediator acknowledge --problem {problem.Id}
             Approve equal plans: remediator approve --problem {problem.Id}

             This item is resolved when none of them waits any more.
             """,
            problem.Severity);
    }

    /// <summary>An OpsItem that is open.</summary>
    /// <param name="Count">How many incidents it shows.</param>
    private sealed record Kept(string Key, string Id, int Count)
    {
        public static ImmutableArray<Kept> Read(string? text) => text is null ? [] :
        [
            .. Json.Parse(text).EnumerateArray()
                .Select(k => new Kept(k.TextOf("key") ?? "", k.TextOf("id") ?? "", k.Member("count").GetInt32())),
        ];

        public static string Write(IEnumerable<Kept> kept) => Json.Write(w =>
        {
            w.WriteStartArray();
            foreach (var item in kept)
            {
                w.WriteStartObject();
                w.WriteString("key"u8, item.Key);
                w.WriteString("id"u8, item.Id);
                w.WriteNumber("count"u8, item.Count);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }).GetRawText();
    }
}
