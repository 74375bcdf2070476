using System.Globalization;
using System.Text;
using Remediator.Authoring.Data;
using Remediator.Escalate;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>The index pages of the playbooks: by service, and by rule.</summary>
internal static class CatalogIndex
{
    /// <summary>docs/catalog/README.md.</summary>
    public static string Playbooks(IEnumerable<Playbook> playbooks, CatalogReport report)
    {
        var page = new StringBuilder(CatalogPage.Notice).Append("# Catalog\n\n");
        page.Append("What Remediator does about each of [AWS Config's managed rules](rules.md):\n\n").Append(Counts(report));
        page.Append("\n| playbook | what it does | impact |\n|---|---|---|\n");
        foreach (var p in playbooks)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| [{p.Name}]({Service(p)}.md#{Anchor(p.Name)}) | {p.Summary} | {p.Impact.ToString().ToLowerInvariant()} |\n");
        }

        return page.ToString();
    }

    /// <summary>docs/catalog/rules.md.</summary>
    public static string Rules(CatalogReport report)
    {
        var page = new StringBuilder(CatalogPage.Notice).Append("# AWS Config's managed rules\n\n| rule | answer | |\n|---|---|---|\n");
        foreach (var line in report.Lines)
        {
            var links = string.Join(", ", line.Playbooks.Select(n => $"[{n}]({n.Split('/')[0]}.md#{Anchor(n)})"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {line.Rule.Id} | {CatalogReport.Words(line.Answer)}{Ended(line.Rule)} | "
                + $"{(links.Length > 0 ? $"{links}: " : "")}{line.Guidance}{(links.Length > 0 ? "" : line.Shows)} |\n"
            );
        }

        return page.ToString();
    }

    /// <summary>Tables: how many rules have which answer, and how much these rules are used.</summary>
    public static string Counts(CatalogReport report)
    {
        var table = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"| AWS Config managed rules as of {ManagedRule.ListedOn:yyyy-MM-dd} | rules | by use |\n|---|---|---|\n");
        foreach (var (words, rules, weight) in report.Counts)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {words} | {rules} | {report.Share(weight):P1} |\n");
        }

        table.Append(CultureInfo.InvariantCulture, $"| all | {report.Lines.Length} | |\n");
        table.Append(
            CultureInfo.InvariantCulture,
            $"\n*By use*: of the {report.TotalWeight} places that rules have in AWS's sample conformance packs.\n");
        table.Append("\n| set of rules | rules | answered by a playbook |\n|---|---|---|\n");
        foreach (var (set, lines) in report.Sets)
        {
            var answered = lines.Count(CatalogReport.IsAnswered);
            var share = (double)answered / lines.Length;
            table.Append(CultureInfo.InvariantCulture, $"| {set.Title} | {lines.Length} | {answered} ({share:P0}) |\n");
        }

        return table.ToString();
    }

    private static string Ended(ManagedRule rule) => rule.HasEnded ? "; AWS has ended what it is about" : "";

    public static string Service(Playbook playbook) => playbook.Name.Split('/')[0];

    private static string Anchor(string name) => name.Replace("/", "", StringComparison.Ordinal);
}
