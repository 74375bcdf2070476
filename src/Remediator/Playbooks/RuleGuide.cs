namespace Remediator.Playbooks;

/// <summary>The guidance for a rule that no playbook answers.</summary>
/// <param name="Checks">What the rule checks, and what its parameters mean.</param>
/// <param name="Todo">Why it is not automated, and what a person does.</param>
internal sealed record RuleGuide(string Checks, string Todo)
{
    /// <summary>Why its guidance is that of another rule; null if the text is its own.</summary>
    public string? SharedBecause { get; init; }
}
