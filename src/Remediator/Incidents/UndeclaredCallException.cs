namespace Remediator.Incidents;

/// <summary>A call that the playbook in use does not have. It was not made.</summary>
internal sealed class UndeclaredCallException(string operation, string playbook)
    : Exception($"{operation} is no call of playbook {playbook}: it was not made.");
