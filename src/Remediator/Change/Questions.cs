using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// The questions of one notice: so many calls, so many pages of each list, and none begun after a while. What cannot be read is said to be
/// so.
/// </summary>
internal sealed class Questions(IAws aws, DateTimeOffset begun, TimeProvider clock)
{
    private const int MostPages = 2;
    private const int MostLines = 8;
    private const int LongestLine = 200;

    private readonly BoundedAws bounded = new(aws, Limits.EvidenceCalls, MostPages);

    /// <summary>The answer as it is shown, and as it was read; null where it was not.</summary>
    public async Task<(EvidenceAnswer Shown, JsonElement? Read)> AnswerAsync(EvidenceQuery query, Scope scope, CancellationToken ct)
    {
        if (clock.GetUtcNow() - begun > Limits.EvidenceTime)
        {
            return (Unread(query.Show, "the questions before it took too long"), null);
        }

        JsonElement? read = null;
        bounded.Begin();
        return await WhyNotAsync(async () => read = (await Reader.ReadAsync(query.Query, scope, bounded, ct)).State) is { } why
            ? (Unread(query.Show, why), null)
            : (new(query.Show, LinesOf(read!.Value, bounded.WasCut)), read);
    }

    /// <summary>Why something could not be read; null where it was.</summary>
    public static async Task<string?> WhyNotAsync(Func<Task> read)
    {
        try
        {
            await read();
            return null;
        }
        catch (CallLimitException e)
        {
            return e.Message;
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return fault.Detail;
        }
        catch (Exception e) when (Defect.Is(e))
        {
            return "a defect in this program";
        }
    }

    public static EvidenceAnswer Unread(string show, string why) =>
        new(show, [PlainText.Line($"could not be read: {why}", LongestLine)]);

    private static ImmutableArray<string> LinesOf(JsonElement answer, bool wasCut) =>
        wasCut ? LinesOf(answer).Add("and more: not all pages were read") : LinesOf(answer);

    private static ImmutableArray<string> LinesOf(JsonElement answer)
    {
        if (!answer.IsList())
        {
            return [answer.IsNull() ? "nothing" : Line(answer)];
        }

        ImmutableArray<JsonElement> items = [.. answer.EnumerateArray()];
        return items switch
        {
            [] => ["none"],
            { Length: <= MostLines } => [.. items.Select(Line)],
            _ => [.. items.Take(MostLines).Select(Line), $"and {items.Length - MostLines} more"],
        };
    }

    private static string Line(JsonElement value) => PlainText.Line(ShownValue.Of("", value), LongestLine);
}
