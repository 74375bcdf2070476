namespace Remediator.Playbooks;

/// <summary>A change cannot be undone by the service.</summary>
internal sealed class NoWayBackException(string why) : Exception(why);
