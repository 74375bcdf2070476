using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>Chooses the playbooks that answer a rule for a type of resource, for each of the policy's aims.</summary>
/// <param name="playbooks">All there are.</param>
/// <param name="rollback">Which types are rolled back through Cloud Control, and whether all settings go back.</param>
internal sealed class PlaybookChoice(PlaybookLibrary playbooks, RollbackPolicy rollback)
{
    public Choice Choose(PolicyEntry entry, ConfigRule rule, string type) => ChooseAny(entry, rule, type) switch
    {
        Choice.One one when entry.Owned is OwnedHandling.RevertStack => one with { StackDrift = playbooks.Load(ChangeSet.Playbook) },
        var choice => choice,
    };

    private Choice ChooseAny(PolicyEntry entry, ConfigRule rule, string type)
    {
        ImmutableArray<Aim> aims = entry.To is { IsEmpty: false } said ? said : [Aim.Wanted];
        var answering = entry.Playbook is { } chosen ? [chosen] : playbooks.Answering(rule.ManagedIdentifier, type);
        var wanted = aims.Contains(Aim.Wanted) ? Wanted(answering, rule, type) : null;
        var recorded = aims.Contains(Aim.LastCompliant) ? Recorded(answering, type) : [];
        return (wanted, recorded) switch
        {
            (Choice.One one, []) => one,
            (Choice.One one, _) => one with { Aims = aims, Recorded = recorded },
            (Choice.None none, []) => none,
            (_, []) => new Choice.None(
                Reason.Unsupported,
                $"No playbook{(answering.IsEmpty ? "" : $" of {Called(rule)}")} knows what AWS Config records of {type}, so nothing can "
                + "be rolled back."
            ),
            _ => new Choice.One(CombinedPlaybook.Of(type, recorded), [Aim.LastCompliant], null, recorded),
        };
    }

    private Choice Wanted(ImmutableArray<string> names, ConfigRule rule, string type) =>
        names switch
        {
            [] => new Choice.None(
                Reason.Unsupported, $"No playbook answers {Called(rule)} for {type}.{KnownRules.Newer(rule.ManagedIdentifier)}"),
            [var one] when playbooks.Load(one) is var playbook => playbook.Resources.Contains(type) && !playbook.OnlyRollsBack
                ? new Choice.One(playbook, [Aim.Wanted], playbook, [])
                : new Choice.None(
                    Reason.NotConfigured, $"The policy names a playbook for this rule that does not answer it. {Unfit(playbook, type)}"),
            _ => new Choice.None(
                Reason.NotConfigured,
                $"Several playbooks answer {Called(rule)} for {type} ({string.Join(", ", names)}): choose one in the policy with "
                + "'playbook'."
            ),
        };

    /// <summary>
    /// Of a rule that has playbooks, theirs where they know what is recorded; of any other, the type's model through Cloud Control where
    /// the policy has it so, else all playbooks that the type has.
    /// </summary>
    private ImmutableArray<Playbook> Recorded(ImmutableArray<string> answering, string type) =>
        (Knowing(rollback.IsOfEverything ? [] : answering, type), rollback.Types.Contains(type) ? RegisteredTypes.Find(type) : null) switch
        {
            ([], { } model) => [RegisteredPlaybook.Of(model)],
            ([], _) when answering.IsEmpty || rollback.IsOfEverything => Knowing(playbooks.Recorded(type), type),
            var (knowing, _) => knowing,
        };

    private ImmutableArray<Playbook> Knowing(ImmutableArray<string> names, string type) =>
        [.. names.Select(playbooks.Load).Where(p => p.Resources.Contains(type) && p.Steps.Any(s => s.Recorded is not null))];

    private static string Unfit(Playbook playbook, string type) => playbook.OnlyRollsBack
        ? $"The playbook {playbook.Name} only rolls back: write 'to: last-compliant'."
        : playbook.NotFor(type);

    private static string Called(ConfigRule rule) =>
        rule.ManagedIdentifier is { Length: > 0 } identifier ? identifier : $"the custom rule {rule.Name}";
}

/// <summary>What came of choosing.</summary>
internal abstract record Choice
{
    private Choice()
    {
    }

    internal sealed record None(Reason Reason, string Why) : Choice;

    /// <param name="Playbook">The one that answers; for a rollback by several, all of them as one.</param>
    /// <param name="Aims">What can be done, the first choice first.</param>
    /// <param name="Wanted">Says what is wanted; null where nothing does.</param>
    /// <param name="Recorded">Whose recorded settings may be put back.</param>
    internal sealed record One(Playbook Playbook, ImmutableArray<Aim> Aims, Playbook? Wanted, ImmutableArray<Playbook> Recorded) : Choice
    {
        /// <summary>Hands what a stack owns back to its template; null where the policy does not want that.</summary>
        public Playbook? StackDrift { get; init; }

        /// <summary>All of them: a rollback may follow what is wanted.</summary>
        public PlaybooksUsed Used => new(
            [.. Recorded.Prepend(Playbook).Concat(Wanted is null ? [] : [Wanted]).Select(p => p.Name).Distinct()],
            Recorded.Prepend(Playbook).Max(p => p.Impact));

        /// <summary>
        /// Why a parameter that these playbooks take could not be filled in for the account; null where none is left open.
        /// </summary>
        public string? NotFilledIn(PolicyEntry entry)
        {
            var names = Recorded.SelectMany(p => p.Parameters).Concat(Wanted?.Parameters ?? []).Select(p => p.Name).Distinct();
            return
                names
                    .Select(name => (Name: name, Left: AccountText.Left(entry.Parameters.Member(name))))
                    .FirstOrDefault(p => p.Left is not null)
                    is ({ } parameter, { } left)
                ? $"The parameter {parameter} is missing: the policy takes it from ${{account.{left}}}, and its 'accounts' do not say "
                    + $"that of account {entry.Account?.Id}."
                : null;
        }

        public ChangeOrder Order(PolicyEntry entry, ConfigRule rule, bool trustsRule, RollbackPolicy rollback) => new()
        {
            Aims = Aims,
            Wanted = Wanted,
            Recorded = Recorded,
            Rule = new(rule.SourceIdentifier, rule.InputParameters, trustsRule),
            Trigger = rule.Trigger,
            Parameters = entry.Parameters,
            MaxAge = rollback.MaxAge,
            Role = rollback.Role,
            TagsFrom = entry.TagsFrom ?? [TagSource.Policy],
            AccountFacts = entry.Account?.TagFacts ?? ImmutableSortedDictionary<string, string>.Empty,
            Owned = entry.Owned,
            UndoOn = entry.UndoOn,
            StackDrift = StackDrift,
        };
    }
}
