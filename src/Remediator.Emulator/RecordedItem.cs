namespace Remediator.Emulator;

/// <summary>A configuration item in the layer.</summary>
/// <param name="StateId">The item's configurationStateId.</param>
/// <param name="Id">The resource's id in AWS Config.</param>
internal sealed record RecordedItem(DateTimeOffset At, string StateId, string Id);
