namespace Remediator.Playbooks;

/// <summary>The text of the playbook that an incident was planned with is not in this deployment: nothing is done by guesswork.</summary>
internal sealed class UnknownPlaybookException(string playbook, string hash)
    : Exception(
        $"The change was planned with a text of playbook {playbook} that this deployment does not have (SHA-256 {hash}): nothing was "
        + "called. "
            + "A deployment that has it under playbooks/.versions can go on; else compare the resource with the before-state and put "
            + "it right by hand."
    );
