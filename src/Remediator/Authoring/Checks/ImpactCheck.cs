using System.Text.RegularExpressions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds an impact that a playbook's calls contradict.</summary>
internal static partial class ImpactCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var (impact, at) = (
            playbook.Playbook.Impact, playbook.YamlPositions.Of("impact", playbook.Playbook.Impact.ToString().ToLowerInvariant()));
        if (playbook.Playbook.Steps.Any(s => s.Deletes is not null && s.Undo.IsEmpty) && impact < Impact.Irreversible)
        {
            yield return new("PB040", at, "the resource is deleted, and no 'undo' brings it back: the impact is 'irreversible'");
        }

        if (playbook.Playbook.Steps.Any(s => s.Final is not null) && impact < Impact.Irreversible)
        {
            yield return new("PB040", at, "'final' says that there is no way back: the impact is 'irreversible'");
        }

        foreach (var call in playbook.Sites.Where(s => s.Part is Part.Write).Select(s => s.Call))
        {
            var operation = call.Operation[(call.Operation.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (Final().IsMatch(operation) && !HasWindow(call) && impact < Impact.Irreversible)
            {
                yield return new("PB040", at, $"'{call.Operation}' cannot be undone: the impact is 'irreversible'");
            }
            else if (Losing().IsMatch(operation) && impact < Impact.Data)
            {
                yield return new("PB040", at, $"'{call.Operation}' may lose data: the impact is 'data' or 'irreversible'");
            }
            else if (RemovesAccess(call.Operation, operation) && impact < Impact.Access)
            {
                yield return new(
                    "PB040",
                    at,
                    $"'{call.Operation}' cuts credentials or permissions of somebody: the impact is 'access', 'data' or 'irreversible'");
            }
            else if ((Restarting().IsMatch(operation) || NeedsStop(call, operation)) && impact < Impact.Restart)
            {
                yield return new("PB040", at, $"'{call.Operation}' interrupts the resource: the impact is 'restart' or graver");
            }
            else if (Closing().IsMatch(operation) && !operation.Contains("Tag", StringComparison.Ordinal) && impact is Impact.None)
            {
                yield return new(
                    "PB040", at, $"'{call.Operation}' takes something away that somebody may use: the impact is at least 'brief'");
            }
        }
    }

    /// <summary>Whether an operation takes something away, loses data or interrupts something, by its name.</summary>
    public static bool Harms(string full)
    {
        var operation = full[(full.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return Final().IsMatch(operation)
            || Losing().IsMatch(operation)
            || Restarting().IsMatch(operation)
            || RemovesAccess(full, operation)
            || (Closing().IsMatch(operation) && !operation.Contains("Tag", StringComparison.Ordinal));
    }

    /// <summary>
    /// Credentials and permissions of identities. Who may access one resource from outside is 'brief': open access is closed.
    /// </summary>
    private static bool RemovesAccess(string full, string operation) =>
        (full.StartsWith("iam:", StringComparison.Ordinal) && Identities().IsMatch(operation))
        || full is "kms:DisableKey" or "kms:RevokeGrant" or "kms:RetireGrant"
        || full
            is "cognito-idp:AdminDisableUser"
                or "transfer:DeleteSshPublicKey"
                or "sso-admin:DeleteAccountAssignment"
                or "eks:DeleteAccessEntry";

    // Until the window is over the deletion is cancelled with one call.
    private static bool HasWindow(Call call) => call.Input is Template.Members members
        && members.Of.Any(m => TemplateType.Name(m.Name) is "RecoveryWindowInDays" or "PendingWindowInDays");

    // An instance's type can change only while it is stopped, a database's class during a restart.
    private static bool NeedsStop(Call call, string operation) =>
        call.Input is Template.Members members
        && members
            .Of.Select(m => TemplateType.Name(m.Name))
            .Any(name =>
                (operation, name)
                    is
                        ("ModifyInstanceAttribute", "InstanceType")
                        or
                        ("ModifyDBInstance", "DBInstanceClass" or "EngineVersion"));

    [GeneratedRegex(
        "^((Delete|Update)(AccessKey|LoginProfile|SigningCertificate|SSHPublicKey|ServiceSpecificCredential)|DeactivateMFADevice|(Delete|"
        + "Put)(User|Role|Group)Policy|Detach(User|Role|Group)Policy|Delete(User|Role)PermissionsBoundary|Put(User|"
        + "Role)PermissionsBoundary|RemoveUserFromGroup|RemoveRoleFromInstanceProfile|UpdateAssumeRolePolicy|(Create|Delete)PolicyVersion|"
        + "SetDefaultPolicyVersion|ResetServiceSpecificCredential)$"
    )]
    private static partial Regex Identities();

    [GeneratedRegex(
        "^(DeleteObjects?|DeleteItem|DeleteRecoveryPoint|DeleteBackup|DeleteDB(Instance|Cluster)AutomatedBackup|DeleteLogStream|"
        + "BatchDeleteImage|DeleteParameters?|DeregisterImage)$"
    )]
    private static partial Regex Losing();

    [GeneratedRegex(
        "^(Terminate|Purge|ScheduleKeyDeletion|Delete(Volume|Snapshot|DBInstance|DBCluster|DBSnapshot|Table|Bucket|User|Role|FileSystem|"
        + "LogGroup|Cluster|Domain|Stack|Function|Topic|Queue|Repository|Secret)$)"
    )]
    private static partial Regex Final();

    [GeneratedRegex("^(Reboot|Restart|Stop(Instances|DBInstance|DBCluster|NotebookInstance))")]
    private static partial Regex Restarting();

    [GeneratedRegex("^(Delete|Revoke|Detach|Remove|Deregister|Disassociate)")]
    private static partial Regex Closing();
}
