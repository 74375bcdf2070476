using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Record;

/// <summary>
/// The key of the journal's seal: what a KMS key answers to a fixed message. KMS never gives the key itself away, the answer is stored
/// nowhere, and it is asked for once in a process, when the first incident is read or written.
/// </summary>
/// <param name="aws">The account and region of the service itself.</param>
/// <param name="keyId">The KMS key, of HMAC_256; null where a person has none.</param>
/// <param name="table">The journal's table: a key that two journals share gives each another seal.</param>
/// <param name="mayReadWithout">A person without the key may look, and no more. Never for a function.</param>
internal sealed class JournalKey(IAws aws, string? keyId, string table, bool mayReadWithout) : IJournalKey, IDisposable
{
    // Named apart from its call: only the functions' roles may make it, by the key's own policy.
    private const string Operation = "kms:GenerateMac";

    private readonly SemaphoreSlim one = new(1, 1);
    private ItemSeal? made;
    private bool isWithout;

    public async ValueTask<ItemSeal?> SealAsync(CancellationToken ct)
    {
        if (made is not null || isWithout)
        {
            return made;
        }

        await one.WaitAsync(ct);
        try
        {
            return made is not null || isWithout ? made : made = await AskAsync(ct);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<ItemSeal?> AskAsync(CancellationToken ct)
    {
        if (keyId is null && mayReadWithout)
        {
            return null;
        }

        try
        {
            var answer = await aws.CallAsync(Operation, Input(), ct);
            return new ItemSeal(
                Convert.FromBase64String(
                    answer.TextOf("Mac") ?? throw new AwsException(Operation, "NoMac", 200, "", "The answer holds no MAC.")),
                table);
        }
        catch (AwsException e) when (mayReadWithout && e.Fault is AwsFault.Denied)
        {
            isWithout = true;
            return null;
        }
    }

    private JsonElement Input() => Json.Object(
    [
        new("KeyId", Json.Text(keyId ?? "")),
        new("MacAlgorithm", Json.Text("HMAC_SHA_256")),
        new("Message", Json.Text(Convert.ToBase64String("remediator journal, seal of its items, 1"u8))),
    ]);
}
