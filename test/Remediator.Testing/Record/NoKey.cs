using Remediator.Record;

namespace Remediator.Testing.Record;

/// <summary>A person without the journal's key: items are read without verification, and nothing is written.</summary>
internal sealed class NoKey : IJournalKey
{
    public ValueTask<ItemSeal?> SealAsync(CancellationToken ct) => new((ItemSeal?)null);
}
