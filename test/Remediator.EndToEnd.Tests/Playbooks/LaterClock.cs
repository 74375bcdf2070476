namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>Two years on: what a case has made on the emulator has aged by the time that the service sees it.</summary>
internal sealed class LaterClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(2);
}
