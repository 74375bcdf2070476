using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Authoring.Checks;
using Remediator.Cli.Accounts;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;

namespace Remediator.Cli.Commands;

/// <summary><c>accounts import</c>: what AWS Organizations knows of accounts, as a change of the policy to review.</summary>
internal static class AccountsCommand
{
    /// <summary>Organizations has one place in each partition; its endpoint follows from any region of it.</summary>
    private const string OwnAccount = "";

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var team = new Option<string?>("--team-tag") { Description = "The tag of accounts that names the team.", HelpName = "TAG" };
        var environment = new Option<string?>("--environment-tag")
        {
            Description = "The tag of accounts that names the environment.",
            HelpName = "TAG",
        };
        var values = new Option<string[]>("--value")
        {
            Description = "A tag of accounts that is kept under 'values'; may be repeated. KEY=TAG where the key is another.",
            HelpName = "TAG",
        };
        var write = new Option<string?>("--write")
        {
            Description = "Write them into this policy: lines of other accounts, and all other lines, stay as they are.",
            HelpName = "FILE",
        };
        var import = new TaughtCommand(
            "import",
            "Reads names, organizational units and tags of all active accounts from AWS Organizations, and prints them as 'accounts' "
            + "of the policy, or writes them into one. Review the difference before you deploy it.",
            """
            remediator accounts import --team-tag Team
            remediator accounts import --team-tag Team --environment-tag Stage --value cost-center=CostCenter --write policy.yaml
            """)
        {
            team, environment, values, write, common.Playbooks,
        };
        import.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var said = new AccountTags(
                parse.GetValue(team), parse.GetValue(environment), [.. (parse.GetValue(values) ?? []).Select(Value)]);
            var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks));
            var service = settings.ForFunction();
            at.Progress("asking AWS Organizations");
            var found = await new OrganizationReader(
                at.Outside.Connect(service).Accounts.For(OwnAccount, service.Region), said).ReadAsync(ct);
            var file = parse.GetValue(write);
            var imported = file is null ? null : await WriteAsync(file, found, settings.WorkingFiles().Playbooks, ct);
            Show(at, found, imported, file);
            return ExitCodes.Done;
        });
        return new("accounts", "The account entries of the policy.") { import };
    }

    private static async Task<ImportedAccounts> WriteAsync(
        string file, ImmutableArray<Account> found, string playbooks, CancellationToken ct)
    {
        var text = File.Exists(file) ? await File.ReadAllTextAsync(file, ct) : "";
        var before = text.Length == 0 ? Policy.Default : PolicyReader.Read(Path.GetFileName(file), text);
        var imported = AccountsText.Into(text, before, found);

        // Whatever it holds, what is written is read by the same reader first.
        _ = PolicyReader.Read(Path.GetFileName(file), imported.Text);
        if (imported.Text != text)
        {
            await File.WriteAllTextAsync(file, imported.Text, ct);
        }

        return imported;
    }

    private static void Show(Terminal at, ImmutableArray<Account> found, ImportedAccounts? imported, string? file)
    {
        if (imported is null)
        {
            foreach (var line in AccountsText.Of(found).TrimEnd('\n').Split('\n'))
            {
                at.Screen.Line(line);
            }
        }
        else
        {
            at.Screen.Line(imported.Added.IsEmpty && imported.Changed.IsEmpty
                ? $"{file} says so already: {Totals.Count(found.Length, "account")}."
                : $"{file}: {imported.Added.Length} added, {imported.Changed.Length} changed. Review the difference, lint, then deploy.");
            foreach (var id in imported.Gone)
            {
                at.Screen.Line($"{id} is no active account of the organization; it was left in the file.", Tone.Warning);
            }
        }

        at.Json(w =>
        {
            w.List("accounts", found, a =>
            {
                w.WriteString("id", a.Id);
                w.WriteString("name", a.Name);
                w.WriteString("ou", a.Unit);
                w.WriteString("team", a.Team);
                w.WriteString("environment", a.Environment);
                w.WriteStartObject("values");
                foreach (var (key, value) in a.Values)
                {
                    w.WriteString(key, value);
                }

                w.WriteEndObject();
            });
            w.Texts("added", imported?.Added ?? []);
            w.Texts("changed", imported?.Changed ?? []);
            w.Texts("gone", imported?.Gone ?? []);
        });
    }

    private static (string Key, string Tag) Value(string text) => text.Split('=', 2) switch
    {
        [{ Length: > 0 } key, { Length: > 0 } tag] => (key, tag),
        [{ Length: > 0 } tag] => (tag, tag),
        _ => throw new UsageException($"'--value {text}' is not of the form TAG or KEY=TAG."),
    };
}
