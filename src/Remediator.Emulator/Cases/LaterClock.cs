namespace Remediator.Emulator.Cases;

/// <summary>A clock two years ahead, so that a case's resources on the emulator are old when the service sees them.</summary>
internal sealed class LaterClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(2);
}
