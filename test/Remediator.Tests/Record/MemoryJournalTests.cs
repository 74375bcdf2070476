using Remediator.Record;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>The journal in memory keeps the contract; the one on DynamoDB is held to the same.</summary>
public sealed class MemoryJournalTests : JournalContract
{
    protected override object Create(TimeProvider clock) => new MemoryJournal(clock, TimeSpan.FromMinutes(2));
}
