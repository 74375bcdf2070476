using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Remediator.Function.Handlers;

/// <summary>The records of one batch, shared by the workers: which still wait, and which are not handled.</summary>
internal sealed class Batch(ImmutableArray<QueueRecord> records)
{
    private readonly ConcurrentQueue<QueueRecord> waiting = new(records);
    private readonly ConcurrentDictionary<string, byte> handled = new(StringComparer.Ordinal);

    public int Count => records.Length;

    public int Waiting => waiting.Count;

    public bool TryTake([NotNullWhen(true)] out QueueRecord? record) => waiting.TryDequeue(out record);

    public void Handled(QueueRecord record) => handled[record.MessageId] = 0;

    public ImmutableArray<string> Failed() => [.. records.Select(record => record.MessageId).Where(id => !handled.ContainsKey(id))];
}
