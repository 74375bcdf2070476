namespace Remediator.Playbooks;

/// <summary>What a person is told about a rule that no playbook answers.</summary>
/// <param name="Checks">What the rule looks at, and what its parameters mean.</param>
/// <param name="Todo">Why no automation does it, and what a person does.</param>
internal sealed record RuleGuide(string Checks, string Todo)
{
    /// <summary>Why it says the same as another rule's guide; null where its text is its own.</summary>
    public string? SharedBecause { get; init; }
}
