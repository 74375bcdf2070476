using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Playbooks;
using Match = Remediator.Decide.Match;

namespace Remediator.Authoring.Checks;

/// <summary>Checks what the policy says about accounts against the accounts that it lists.</summary>
internal sealed class AccountCheck(Policy policy, YamlPositions places)
{
    private readonly ImmutableArray<Account> _accounts = [.. policy.Accounts.Values.OrderBy(a => a.Id, StringComparer.Ordinal)];

    public IEnumerable<Problem> Problems() =>
    [
        .. policy.Rules.SelectMany(e => Matched(e.Match, e.At)),
        .. policy.Exemptions.SelectMany(e => Matched(e.Match, e.At)),
        .. policy.Freezes.SelectMany(f => Matched(f.Match, f.At)),
        .. policy.Windows.SelectMany(w => Matched(w.Match, w.At)),
        .. policy.Rules.Prepend(policy.Defaults).SelectMany(Referred),
        .. Unknown(policy.Backlog.Accounts.Select(id => (id, places.Of("accounts", id)))),
    ];

    private IEnumerable<Problem> Matched(Match match, Place at)
    {
        var before = match.Known is null ? [] : Unmatched(match, at).ToArray();
        return before is [] && match.Known is { Count: 0 }
            ? [new("PO019", at, "no account of 'accounts' is of all that this match says: it could never hold")]
            : [.. before, .. Unknown(match.Accounts.Where(IsId).Select(id => (id, places.Of("account", id, at))))];
    }

    private IEnumerable<Problem> Unmatched(Match match, Place at)
    {
        var teams = Unmatched("team", match.Teams, at, (a, team) => a.Team is { } own && Wildcard.Like(team, own), a => a.Team);
        var environments = Unmatched(
            "environment", match.Environments, at, (a, one) => a.Environment is { } own && Wildcard.Like(one, own), a => a.Environment);
        return [.. teams, .. environments, .. Unmatched("ou", match.Units, at, (a, unit) => a.IsOf([unit]), a => a.Unit)];
    }

    private IEnumerable<Problem> Unmatched(
        string word, ImmutableArray<string> patterns, Place at, Func<Account, string, bool> isOf, Func<Account, string?> own) =>
        from pattern in patterns
        where !_accounts.Any(a => isOf(a, pattern))
        select new Problem(
            "PO019",
            places.Of(word, pattern, at),
            $"no account of 'accounts' has '{word}: "
            + $"{pattern}'{Nearest.Hint(pattern, [.. _accounts.Select(own).OfType<string>().Distinct()])}"
        );

    private IEnumerable<Problem> Referred(PolicyEntry entry)
    {
        foreach (var (word, text) in EntryWords.Of(entry))
        {
            foreach (var name in AccountText.References(text).Distinct())
            {
                if (Missing(entry, word, name) is [_, ..] missing)
                {
                    yield return Unanswered(name, missing, places.Of(word[(word.LastIndexOf('.') + 1)..], text, entry.At));
                }
            }
        }
    }

    private Problem Unanswered(string name, string[] missing, Place at) => IsUnknown(name)
        ? new Problem("PO020", at, $"no account of 'accounts' says what ${{account.{name}}} is{Nearest.Hint(name, Facts())}")
        : new Problem(
            "PO021",
            at,
            $"'accounts' does not say what ${{account.{name}}} is of {Some(missing)}: there this parameter is missing, and a fix "
            + "that needs it is refused"
        )
        {
            IsWarning = true,
        };

    /// <summary>
    /// The accounts that the entry applies to and for which the fact is unknown, unless another entry sets the setting for them.
    /// </summary>
    private string[] Missing(PolicyEntry entry, string word, string name)
    {
        if (IsUnknown(name))
        {
            return ["any"];
        }

        return word.StartsWith(EntryWords.Parameters, StringComparison.Ordinal)
            ? [.. _accounts.Where(a => entry.Match.MatchesAccount(a.Id) && a.Fact(name) is null && !IsSet(word, a)).Select(a => a.Id)]
            : [];
    }

    private bool IsUnknown(string name) => name is not "id" && !_accounts.Any(a => a.Fact(name) is not null);

    private bool IsSet(string word, Account account) => policy.Rules.Any(e =>
        e.Match.MatchesAccount(account.Id) && EntryWords.Of(e).Any(w => w.Key == word && AccountText.Fill(w.Value, account) is not null));

    private IEnumerable<Problem> Unknown(IEnumerable<(string Id, Place At)> named) =>
        _accounts is []
            ? []
            : from one in named
              where !policy.Accounts.ContainsKey(one.Id)
              select new Problem(
                  "PO022", one.At, $"'accounts' does not know the account {one.Id}{Nearest.Hint(one.Id, [.. policy.Accounts.Keys])}")
              {
                  IsWarning = true,
              };

    private string[] Facts() =>
        ["name", "ou", "team", "environment", .. _accounts.SelectMany(a => a.Values.Keys).Distinct().Select(key => $"values.{key}")];

    private static bool IsId(string account) => account.All(char.IsAsciiDigit);

    private static string Some(string[] ids) =>
        ids.Length <= 3 ? string.Join(", ", ids) : $"{string.Join(", ", ids.Take(3))} and {ids.Length - 3} more";
}
