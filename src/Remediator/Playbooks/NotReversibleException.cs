namespace Remediator.Playbooks;

/// <summary>A change cannot be undone by the service.</summary>
internal sealed class NotReversibleException(string why) : Exception(why);
