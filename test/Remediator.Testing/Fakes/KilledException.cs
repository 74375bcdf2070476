namespace Remediator.Testing.Fakes;

/// <summary>The process ended here. No code may treat it as an AWS error or a defect.</summary>
internal sealed class KilledException() : OperationCanceledException("the process was killed");
