namespace Remediator.Incidents;

/// <summary>Somebody stopped all changes while this one was under way: what is left of it waits.</summary>
internal sealed class ChangesStoppedException(string why) : Exception($"All changes are stopped: {why}")
{
    public string Why => why;
}
