namespace Remediator.Change.Recorded;

/// <summary>What AWS Config gave for a configuration item cannot be read as one.</summary>
internal sealed class UnreadableItemException(string message) : FormatException(message);
