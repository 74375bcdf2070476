using System.Collections.Concurrent;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>The function's log about batches: how each record ended.</summary>
internal sealed class BatchLog(IEnumerable<JsonElement> lines)
{
    private const int Ignored = 1001;
    private const int Finished = 1002;
    private const int Answered = 7201;
    private const int Failed = 7202;

    private readonly ILookup<string?, JsonElement> _byMessage = lines.ToLookup(l => l.Member("fields").TextOf("MessageId"));

    /// <summary>Reads the lines up to the one that says that the batch was answered.</summary>
    public static async Task<BatchLog> ReadAsync(ConcurrentQueue<string> output, CancellationToken ct)
    {
        var lines = new List<JsonElement>();
        while (lines is [] || EventId(lines[^1]) is not Answered)
        {
            if (output.TryDequeue(out var line))
            {
                lines.Add(Json.Parse(line));
            }
            else
            {
                await Task.Delay(1, ct);
            }
        }

        return new(lines);
    }

    public Ended Ended(string messageId, bool isHandedBack)
    {
        var own = _byMessage[messageId].ToList();
        return own.Where(l => EventId(l) is Finished)
            .Select(l => l.Member("fields"))
            .Select(f => new Ended(
                isHandedBack, f.TextOf("Outcome")!, f.TextOf("Incident") is { Length: > 0 } id ? id : null, f.TextOf("Why")))
            .Concat(
                own.Where(l => EventId(l) is Ignored)
                    .Select(l => new Ended(isHandedBack, "ignored", null, l.Member("fields").TextOf("Why"))))
            .Concat(
                own.Where(l => EventId(l) is Failed)
                    .Select(l => l.Member("exception"))
                    .Select(e => new Ended(
                        isHandedBack,
                        e.TextOf("type")!.EndsWith("RejectedException", StringComparison.Ordinal) ? "rejected" : "failed",
                        null,
                        e.TextOf("message"))))
            .FirstOrDefault()
            ?? new Ended(isHandedBack, "untold", null, null);
    }

    private static int EventId(JsonElement line) => line.Member("eventId") is { ValueKind: JsonValueKind.Number } id ? id.GetInt32() : 0;
}
