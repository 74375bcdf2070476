using System.Text.RegularExpressions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks the name of a playbook's file against the pattern.</summary>
internal static partial class FileCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
        Pattern().IsMatch(playbook.Playbook.Name)
            ? []
            :
            [
                new(
                    "PB007",
                    new(playbook.File, 1, 1),
                    $"'{playbook.Playbook.Name}.yaml' is not <service>/<name>.yaml in small letters, digits and hyphens"),
            ];

    [GeneratedRegex("^[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*$")]
    private static partial Regex Pattern();
}
