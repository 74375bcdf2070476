namespace Remediator.Testing.Fakes;

/// <summary>The process ended here. Nothing may catch it as if it were a fault of AWS.</summary>
internal sealed class KilledException() : Exception("the process was killed");
