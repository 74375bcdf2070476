using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>The playbooks that a policy may refer to. Most policies name none, and then no folder is listed.</summary>
/// <param name="names">Every playbook.</param>
/// <param name="answers">Which playbook answers which rule, for which type.</param>
/// <param name="load">A playbook by its name.</param>
internal sealed class PlaybookSet(
    Func<ImmutableArray<string>> names, Func<ImmutableArray<Answering>> answers, Func<string, Playbook> load)
{
    private readonly Lazy<ImmutableArray<string>> _names = new(names);
    private readonly Lazy<ImmutableArray<Answering>> _answers = new(answers);

    public ImmutableArray<string> Names => _names.Value;

    public ImmutableArray<Answering> Answers => _answers.Value;

    public Playbook Load(string name) => load(name);

    public static PlaybookSet Of(PlaybookLibrary library) => new(library.Names, library.Answers, library.Load);

    public static PlaybookSet Of(ImmutableArray<Playbook> playbooks) => new(
        () => [.. playbooks.Select(p => p.Name)],
        () => [.. playbooks.SelectMany(p => AnsweredPairs.Of(p).Select(pair => new Answering(pair.Rule, pair.Type, p.Name)))],
        name => playbooks.First(p => p.Name == name));
}
