using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Values;

namespace Remediator.Operate;

/// <summary>
/// Looks at what the function stands on with the function's own eyes: its files, its journal, and the accounts that it enters. It writes
/// nothing; a probe is an event that every handler ignores.
/// </summary>
internal sealed class Inspector(
    IAwsAccounts accounts,
    IJournal journal,
    IJournalKey? key,
    IReadOnlyList<(string Account, string Region)> places,
    Func<DeployedFiles> files,
    TimeProvider clock)
{
    private const int AtOnce = 8;

    /// <param name="probe">Sends an event with this id in each place; null to send none.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Inspection> RunAsync(string? probe, CancellationToken ct)
    {
        string? stopped = null;
        ImmutableArray<string> held = [];
        var journalFault = await FaultAsync(async () => stopped = await journal.WhyStoppedAsync(ct))
            ?? await FaultAsync(async () => held = [.. Held(await journal.RolloutsAsync(ct))]);
        var keyFault = await FaultAsync(async () => await (key?.SealAsync(ct) ?? new((ItemSeal?)null)));
        var seen = new InspectedPlace[places.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, places.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => seen[i] = await LookAsync(places[i].Account, places[i].Region, probe, token));
        return new(BuildVersion.Text, files(), clock.GetUtcNow())
        {
            Stopped = stopped,
            HeldRollouts = held,
            JournalFault = journalFault,
            KeyFault = keyFault,
            Places = [.. seen],
        };
    }

    private static IEnumerable<string> Held(RolloutBook book) => book.Items
        .Where(r => r.Held is not null)
        .Select(r => $"{r.Id} is held at {r.Share}%: {r.Held!.Why}")
        .Concat(book.Unbelieved is { } why ? [$"How far the rollouts are is not known, and no resource is of a rising share: {why}."] : []);

    private async Task<InspectedPlace> LookAsync(string account, string region, string? probe, CancellationToken ct)
    {
        string? caller = null;
        var fault = await FaultAsync(async () =>
            caller = (await accounts.For(account, region).CallAsync("sts:GetCallerIdentity", Json.EmptyObject, ct)).TextOf("Arn"));
        var probeFault = probe is null || fault is not null ? fault : await FaultAsync(() => ProbeAsync(account, region, probe, ct));
        return new(account, region, caller, fault, probe is null ? null : probeFault);
    }

    /// <summary>The journal's client is the SDK's own, whose exceptions are others.</summary>
    private static async Task<string?> FaultAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e) when (e is AwsException or Amazon.Runtime.AmazonServiceException or UnsealedItemException)
        {
            return e.Message;
        }
    }

    private async Task ProbeAsync(string account, string region, string id, CancellationToken ct)
    {
        var answer = await accounts.For(account, region).CallAsync("events:PutEvents", Probe(id), ct);
        var entries = answer.Member("Entries");
        var refused = entries.IsList() ? entries.EnumerateArray().FirstOrDefault(e => e.TextOf("ErrorCode") is not null) : Json.Null;
        if (refused.IsObject())
        {
            throw new AwsException(
                "events:PutEvents", refused.TextOf("ErrorCode")!, 200, "", refused.TextOf("ErrorMessage") ?? "The event was not taken.");
        }
    }

    /// <summary>It passes the very patterns that a compliance change passes, and is told from one by its source alone.</summary>
    private static JsonElement Probe(string id)
    {
        var detail = Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteString("messageType"u8, "ComplianceChangeNotification"u8);
            w.WriteString("probe"u8, id);
            w.WriteStartObject("newEvaluationResult"u8);
            w.WriteString("complianceType"u8, "NOT_APPLICABLE"u8);
            w.WriteEndObject();
            w.WriteEndObject();
        });
        return Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("Entries"u8);
            w.WriteStartObject();
            w.WriteString("Source"u8, Received.ProbeSource);
            w.WriteString("DetailType"u8, "Config Rules Compliance Change"u8);
            w.WriteString("Detail"u8, detail.GetRawText());
            w.WriteEndObject();
            w.WriteEndArray();
            w.WriteEndObject();
        });
    }
}
