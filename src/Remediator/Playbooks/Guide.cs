using System.Collections.Immutable;
using Remediator.JmesPath;

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

    /// <summary>It uses the rule's parameters, which the incident does not hold.</summary>
    public bool UsesRule => Expressions().Any(e => e.Roots.Contains("rule"));

    private IEnumerable<JmesPathExpression> Expressions() =>
    [
        .. PlaybookExpressions.Of(Reads),
        .. Reads.Evidence.SelectMany(e => PlaybookExpressions.In(e.Query)),
        .. Next.SelectMany(s => new[] { s.Do, s.Run?.Text }.SelectMany(PlaybookExpressions.In)),
        .. Next.SelectMany(s => new[] { s.When, s.ForEach }.SelectMany(PlaybookExpressions.In)),
    ];
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
