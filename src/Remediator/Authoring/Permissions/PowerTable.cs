using System.Globalization;
using System.Text;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>How much the role in an account may do, under policies that let little, one thing, and everything be changed.</summary>
internal static class PowerTable
{
    public const string Begin = "<!-- remediator:power begin -->";
    public const string End = "<!-- remediator:power end -->";

    private static readonly (string What, string Policy)[] Policies =
    [
        ("`mode: observe` everywhere, as it is shipped", "defaults: {mode: observe}"),
        (
            "one rule in `auto` (S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED)",
            "rules: [{match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}, mode: auto}]"
        ),
        ("`mode: auto` everywhere", "defaults: {mode: auto}"),
    ];

    public static string Of(IReadOnlyCollection<Playbook> playbooks, IReadOnlyCollection<Guide> guides)
    {
        var text = new StringBuilder(
            "| policy | playbooks that may change something | actions to read | of these on `*` | actions to write | of these on `*` |\n");
        text.Append("|---|---|---|---|---|---|\n");
        foreach (var (what, policy) in Policies)
        {
            var figures = PermissionFigures.Of(playbooks, guides, new PolicyReach(PolicyReader.Read("policy.yaml", policy)));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {what} | {figures.Changing} of {figures.Playbooks} | {figures.Actions - figures.Writes} | {figures.ReadsOnEverything} "
                + $"| {figures.Writes} | {figures.WritesOnEverything} |\n");
        }

        return text.ToString();
    }
}
