namespace Remediator.Change;

/// <summary>A question takes more calls than it may.</summary>
internal sealed class CallLimitException(int most) : Exception($"More than {most} calls would be needed.");
