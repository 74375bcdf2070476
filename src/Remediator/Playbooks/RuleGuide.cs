namespace Remediator.Playbooks;

/// <summary>What a person is told about a rule that no playbook answers.</summary>
/// <param name="Checks">What the rule looks at.</param>
/// <param name="Todo">What a person does about it.</param>
internal sealed record RuleGuide(string Checks, string Todo);
