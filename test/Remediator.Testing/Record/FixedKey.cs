using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>A key of the journal that needs no KMS.</summary>
internal sealed class FixedKey(string table, byte first = 1) : IJournalKey
{
    private readonly ItemSeal seal = new([first, .. new byte[31]], table);

    public ValueTask<ItemSeal?> SealAsync(CancellationToken ct) => new(seal);
}
