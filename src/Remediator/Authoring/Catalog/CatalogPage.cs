using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Permissions;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>The page of one service's playbooks, for operators.</summary>
internal static class CatalogPage
{
    public const string Notice = "<!-- Written by `remediator generate` from the playbooks; changes by hand are lost. -->\n";

    public static string Of(string service, IEnumerable<Playbook> playbooks)
    {
        var page = new StringBuilder(Notice).Append(CultureInfo.InvariantCulture, $"# {service}\n");
        foreach (var playbook in playbooks)
        {
            One(page, playbook);
        }

        return page.ToString();
    }

    private static void One(StringBuilder page, Playbook playbook)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {playbook.Name}\n\n{playbook.Summary}\n\n| | |\n|---|---|\n");
        Row(page, "Rules", Codes(playbook.Rules));
        Row(page, "Resources", Codes(playbook.Resources));
        Row(page, "Impact", $"`{playbook.Impact.ToString().ToLowerInvariant()}`: {PlaybookWords.Costs(playbook.Impact)}");
        Row(page, "Changes", string.Join("; ", playbook.Steps.Select(Change)));
        Row(page, "Asks a person where not", string.Join("; ", playbook.Guards.Select(g => $"{Code(g.Expect.Text)} ({g.Because})")));
        Row(
            page,
            "Shows whom it asks",
            string.Join("; ", playbook.Evidence.Select(e => $"{Cell(e.Show)} ({Code(e.Query.Call.Operation)})")));
        Row(
            page,
            "Asks again",
            string.Join("; ", playbook.Steps.Where(s => s.AskAgain is not null).Select(s => $"before the {s.Name}: {Cell(s.AskAgain!)}")));
        Row(page, "Contains, only where the policy names it", playbook.Containment is { } left ? Cell(left) : "");
        Row(page, "Undo", string.Join("; ", playbook.Steps.Reverse().Select(Undo)));
        var permissions = PlaybookPermissions.Of(playbook);
        Row(page, "Permissions to read", Codes([.. permissions.Where(p => !p.Changes).Select(p => p.Action)]));
        Row(page, "Permissions to write", Codes([.. permissions.Where(p => p.Changes).Select(p => p.Action)]));
        Parameters(page, playbook);
        page.Append(CultureInfo.InvariantCulture, $"\n**By hand.** {playbook.Manual.Trim()}\n");
    }

    private static void Parameters(StringBuilder page, Playbook playbook)
    {
        if (playbook.Parameters.IsEmpty)
        {
            return;
        }

        page.Append("\n| parameter | default | |\n|---|---|---|\n");
        foreach (var p in playbook.Parameters)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{p.Name}` | {(p.Required ? "must be given" : Code(p.Default.GetRawText()))} | {Cell(p.Description)} |\n");
        }
    }

    private static string Change(Step step)
    {
        var what = step switch
        {
            { Procedure: { } procedure } => $"sets what the procedure {Code(procedure)} works out",
            { Remove: { } remove } => $"takes away {Code(remove.Text)}",
            { Want: Template.Members members } => $"sets {Codes([.. members.Of.Select(m => TemplateType.Name(m.Name)).OfType<string>()])}",
            _ => "sets what the rule asks for",
        };
        return $"{what} with {Operations(step.Write)}";
    }

    private static string Undo(Step step)
    {
        var back = step.Undo.IsEmpty ? $"{Operations(step.Write)} with the earlier value" : Operations(step.Undo);
        return step.Clear.IsEmpty ? back : $"{back}; {Operations(step.Clear)} where there was nothing before";
    }

    private static string Operations(ImmutableArray<Call> calls) => Codes([.. calls.Select(c => RunbookOf(c) ?? c.Operation)]);

    private static string? RunbookOf(Call call) => call is { IsRunbook: true, Input: Template.Members { Of: [var (_, name), ..] } }
        && TemplateType.Name(name) is { } known
        ? $"runbook {known}"
        : null;

    private static string Codes(ImmutableArray<string> values) => string.Join(", ", values.Distinct().Select(Code));

    private static string Code(string value) => value.Contains('`', StringComparison.Ordinal) ? $"`` {Cell(value)} ``" : $"`{Cell(value)}`";

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();

    private static void Row(StringBuilder page, string name, string value)
    {
        if (value.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        }
    }
}
