namespace Remediator.Record;

/// <summary>Where the journal's seal comes from.</summary>
internal interface IJournalKey
{
    /// <summary>The seal; null where items are read without proof, and nothing may be written.</summary>
    ValueTask<ItemSeal?> SealAsync(CancellationToken ct);
}
