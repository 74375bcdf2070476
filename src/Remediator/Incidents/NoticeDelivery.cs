using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>What came of sending a notice.</summary>
/// <param name="IsComplete">Every topic has it.</param>
/// <param name="Reached">The topics that have it, those of earlier tries among them.</param>
internal sealed record NoticeDelivery(bool IsComplete, ImmutableArray<Delivered> Reached);
