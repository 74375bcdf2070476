using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>
/// One command for many incidents: shows what it will do by equal plans, asks, does that and nothing else, and tells how each ended.
/// </summary>
internal sealed class Bulk(Terminal at, Func<CancellationToken, Task<Target>> open)
{
    /// <summary>After this many faults in a row the cause is not the incidents.</summary>
    private const int MostFaults = 3;

    /// <param name="command">What is executed for each incident.</param>
    /// <param name="selection">The incidents.</param>
    /// <param name="isAgreed">No confirmation is asked for.</param>
    /// <param name="ct">Cancels between two incidents, or within one as it would a single command.</param>
    public async Task<int> RunAsync(
        OperatorCommand command, Selection selection, bool isAgreed, CancellationToken ct)
    {
        BulkText.Selected(at.Screen, command, selection);
        if (selection.Chosen.IsEmpty)
        {
            at.Screen.Line("No incident is left that this can be done with: nothing was done.");
            Write([], selection, notBegun: 0);
            return selection.LeftOut.IsEmpty ? ExitCodes.Done : ExitCodes.Problems;
        }

        if (!isAgreed && !await AsksAsync(command, selection, ct))
        {
            at.Screen.Line("Nothing was done.");
            return ExitCodes.Problems;
        }

        var (ended, isInterrupted) = await CarryOutAsync(command, selection.Chosen, ct);
        BulkText.Ended(at.Screen, ended, selection.Chosen.Length - ended.Length);
        Write(ended, selection, selection.Chosen.Length - ended.Length);
        return isInterrupted ? ExitCodes.Interrupted : ExitCode(ended, selection);
    }

    /// <exception cref="UsageException">No confirmation can be asked for.</exception>
    private async Task<bool> AsksAsync(OperatorCommand command, Selection selection, CancellationToken ct)
    {
        if (at.IsJson || !at.Outside.IsInTerminal)
        {
            var chosen = Totals.Count(selection.Chosen.Length, "incident");
            throw new UsageException($"Nothing was done with {chosen}: nobody can be asked here. --yes goes on without a question.");
        }

        await at.Outside.Out.WriteAsync(BulkText.Question(command, selection).AsMemory(), ct);
        await at.Outside.Out.FlushAsync(ct);
        return (await at.Outside.In.ReadLineAsync(ct))?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) is true;
    }

    private async Task<(ImmutableArray<(Incident, Answer)> Ended, bool IsInterrupted)> CarryOutAsync(
        OperatorCommand command, ImmutableArray<Incident> incidents, CancellationToken ct)
    {
        var ended = ImmutableArray.CreateBuilder<(Incident, Answer Answer)>();
        try
        {
            var (target, faults) = (await open(ct), 0);
            foreach (var incident in incidents)
            {
                ct.ThrowIfCancellationRequested();
                var answer = await SendAsync(target, command with { Incident = incident.Id, Plan = incident.Asked?.Identity }, ct);
                ended.Add((incident, answer));
                at.Screen.Line($"{ended.Count,4}/{incidents.Length}  {incident.Id}  {answer.Outcome}", OutcomeWords.ToneOf(answer.Outcome));
                faults = answer.IsFault ? faults + 1 : 0;
                if (faults == MostFaults || answer.IsBudgetUsedUp)
                {
                    var why = answer.IsBudgetUsedUp
                        ? "The changes that the policy allows in an hour are used up"
                        : "One fault after the other";
                    at.Screen.Line($"{why}: the others are left as they are.", Tone.Warning);
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return (ended.ToImmutable(), true);
        }

        return (ended.ToImmutable(), false);
    }

    /// <summary>A failure is reported for its incident; the others are still processed.</summary>
    private static async Task<Answer> SendAsync(Target target, OperatorCommand command, CancellationToken ct)
    {
        try
        {
            return await target(command, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(Answer.Failed, command.Incident, Failure.Of(e).Text.Split('\n')[0]) { IsFault = true };
        }
    }

    private static int ExitCode(ImmutableArray<(Incident, Answer Answer)> ended, Selection selection)
    {
        var codes = ended.Select(e => ExitCodes.OfName(e.Answer.Outcome)).ToHashSet();
        return codes.Contains(ExitCodes.Problems) || !selection.LeftOut.IsEmpty ? ExitCodes.Problems
            : codes.Contains(ExitCodes.Later) || ended.Length < selection.Chosen.Length ? ExitCodes.Later
            : ExitCodes.Done;
    }

    private void Write(ImmutableArray<(Incident, Answer Answer)> ended, Selection selection, int notBegun) => at.Json(w =>
    {
        w.WriteStartObject("outcomes");
        foreach (var (outcome, count) in ended.CountBy(e => e.Answer.Outcome).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            w.WriteNumber(outcome, count);
        }

        w.WriteEndObject();
        w.List("incidents", ended, e => e.Answer.Write(w));
        w.List("leftOut", selection.LeftOut, l =>
        {
            w.WriteString("incident", l.Incident);
            w.WriteString("why", l.Why);
        });
        w.WriteNumber("unfit", selection.Unfit);
        w.WriteNumber("notBegun", notBegun);
    });
}
