namespace Remediator.Emulator;

/// <summary>The emulator is not available or has failed; the message says what to do about it.</summary>
internal sealed class EmulatorException(string message, Exception? inner = null) : Exception(message, inner);
