namespace Remediator.Playbooks;

/// <summary>This deployment does not have the playbook text that an incident was planned with, so nothing is done.</summary>
internal sealed class UnknownPlaybookException(string playbook, string hash)
    : Exception(
        $"The change was planned with a text of playbook {playbook} that this deployment does not have (SHA-256 {hash}): nothing was "
        + "called. "
            + "A deployment that has it under playbooks/.versions can go on; else compare the resource with the before-state and put "
            + "it right by hand."
    );
