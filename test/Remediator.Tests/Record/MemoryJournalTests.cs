using Remediator.Record;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>The in-memory journal meets the contract; the one on DynamoDB has the same tests.</summary>
public sealed class MemoryJournalTests : JournalContract
{
    protected override object Create(TimeProvider clock) => new MemoryJournal(clock, TimeSpan.FromMinutes(2));
}
