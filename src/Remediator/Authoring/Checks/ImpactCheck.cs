using System.Text.RegularExpressions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds an impact that the calls of a playbook contradict.</summary>
internal static partial class ImpactCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var (impact, at) = (playbook.Playbook.Impact, playbook.YamlPositions.Of("impact", playbook.Playbook.Impact.ToString().ToLowerInvariant()));
        foreach (var call in playbook.Sites.Where(s => s.Part is Part.Write).Select(s => s.Call))
        {
            var operation = call.Operation[(call.Operation.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (Final().IsMatch(operation) && impact is not Impact.Irreversible)
            {
                yield return new("PB040", at, $"'{call.Operation}' cannot be undone: the impact is 'irreversible'");
            }
            else if ((Restarting().IsMatch(operation) || NeedsStop(call, operation)) && impact is not (Impact.Restart or Impact.Irreversible))
            {
                yield return new("PB040", at, $"'{call.Operation}' interrupts the resource: the impact is 'restart'");
            }
            else if (Closing().IsMatch(operation) && !operation.Contains("Tag", StringComparison.Ordinal) && impact is Impact.None)
            {
                yield return new("PB040", at, $"'{call.Operation}' takes something away that somebody may use: the impact is at least 'brief'");
            }
        }
    }

    // An instance changes its type only while it is stopped, a database while it is restarted.
    private static bool NeedsStop(Call call, string operation) => call.Input is Template.Members members && members.Of
        .Select(m => TemplateType.Name(m.Name))
        .Any(name => (operation, name) is ("ModifyInstanceAttribute", "InstanceType") or ("ModifyDBInstance", "DBInstanceClass" or "EngineVersion"));

    [GeneratedRegex("^(Terminate|Purge|ScheduleKeyDeletion|Delete(Volume|Snapshot|DBInstance|DBCluster|DBSnapshot|Table|Bucket|User|Role|AccessKey|FileSystem|LogGroup|Cluster|Domain|Stack|Function|Topic|Queue|Repository|Secret)$)")]
    private static partial Regex Final();

    [GeneratedRegex("^(Reboot|Restart|Stop(Instances|DBInstance|DBCluster|NotebookInstance))")]
    private static partial Regex Restarting();

    [GeneratedRegex("^(Delete|Revoke|Detach|Remove|Deregister|Disassociate)")]
    private static partial Regex Closing();
}
