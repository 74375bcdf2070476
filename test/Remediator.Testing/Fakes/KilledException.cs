namespace Remediator.Testing.Fakes;

/// <summary>The process ended here. Nothing may catch it as if it were a fault of AWS, or a defect.</summary>
internal sealed class KilledException() : OperationCanceledException("the process was killed");
