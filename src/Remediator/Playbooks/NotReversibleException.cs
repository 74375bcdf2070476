namespace Remediator.Playbooks;

/// <summary>Remediator cannot undo the change.</summary>
internal sealed class NotReversibleException(string why) : Exception(why);
