using Remediator.Authoring.Data;

namespace Remediator.Playbooks;

/// <summary>Texts about a managed rule that the list of rules does not have.</summary>
internal static class KnownRules
{
    /// <summary>A sentence, after a space, about a deployed rule that is newer than the list; empty for any other.</summary>
    /// <param name="identifier">Empty for a rule that is not managed by AWS.</param>
    public static string Newer(string identifier) => identifier.Length == 0 || ManagedRule.All.ContainsKey(identifier)
        ? ""
        : $" AWS added the rule after {ManagedRule.ListedOn:yyyy-MM-dd}, the day of this version's list of managed rules: "
            + "see its page in AWS Config's documentation.";

    /// <summary>Lint's text about an identifier that may also be misspelled.</summary>
    public static string Unlisted => $"a rule that AWS added after {ManagedRule.ListedOn:yyyy-MM-dd} is newer than this version's list";
}
