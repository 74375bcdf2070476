using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>
/// What helps a person with a finding that no playbook answers, beside the text of <see cref="RuleGuides"/>: evidence, and the next steps
/// with the resource's own values.
/// </summary>
/// <param name="Reads">What is read for it: a playbook without a setting, which changes nothing.</param>
/// <param name="Next">What the person does, in order.</param>
internal sealed record Guide(Playbook Reads, ImmutableArray<GuideStep> Next)
{
    public string Name => Reads.Name;
}

/// <summary>A thing to do by hand.</summary>
/// <param name="Do">The sentence, with values as text.</param>
/// <param name="Run">The command, with each value quoted for a shell; null where there is none.</param>
internal sealed record GuideStep(Template Do, CommandLine? Run)
{
    /// <summary>Over the scope; the step is shown only if this is true.</summary>
    public Expression? When { get; init; }

    /// <summary>Over the scope; gives a list, and the step is shown once for each <c>item</c> of it.</summary>
    public Expression? ForEach { get; init; }

    public Place At => Do.At;
}
