using System.Collections.Immutable;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;

namespace Remediator.Learn;

/// <summary>What would keep an incident like this one from coming again, in words: nothing of it is done by anybody but a person.</summary>
internal static class Prevention
{
    private const int MostActions = 4;

    /// <summary>What AWS has of its own against whole kinds of findings. The first row whose rule it is counts.</summary>
    private static readonly (string Rule, string Says)[] Controls =
    [
        ("S3_*PUBLIC*", "S3 Block Public Access for the whole account, or for the organisation, makes such buckets impossible."),
        ("S3_BUCKET_SSL_REQUESTS_ONLY", "A resource control policy that denies s3:* where aws:SecureTransport is false, for every bucket."),
        ("S3_*ENCRYPT*", "New buckets are encrypted by default; a bucket's default key is set where the bucket is made."),
        ("EC2_EBS_ENCRYPTION_BY_DEFAULT", "A setting of each region: an SCP that denies ec2:DisableEbsEncryptionByDefault."),
        ("ENCRYPTED_VOLUMES", "EBS encryption by default, a setting of each region, makes unencrypted volumes impossible."),
        ("EC2_IMDSV2_CHECK", "The account's defaults (aws ec2 modify-instance-metadata-defaults) ask for IMDSv2 at every launch."),
        ("EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK", "Block public access for snapshots, a setting of each region, refuses it."),
        ("*AMI*PUBLIC*", "Block public access for AMIs, a setting of each region, refuses sharing them with all."),
        ("RDS_*PUBLIC*", "An SCP that denies rds:CreateDBInstance and rds:ModifyDBInstance where rds:PubliclyAccessible is true."),
        ("*TAGS*", "A tag policy of the organisation, and an SCP that denies creation where aws:RequestTag lacks the keys."),
        ("CLOUD*TRAIL*", "An SCP that denies cloudtrail:StopLogging, DeleteTrail and UpdateTrail to all but the security team."),
        ("*KMS*DELETION*", "An SCP that denies kms:ScheduleKeyDeletion to all but the owners of keys."),
        ("CMK_BACKING_KEY_ROTATION_ENABLED", "An SCP that denies kms:DisableKeyRotation."),
        ("GUARDDUTY_*", "A delegated administrator that enables new accounts by itself; an SCP that denies guardduty:DeleteDetector."),
        ("VPC_*FLOW*LOGS*", "Flow logs belong into the template that makes the VPC; an SCP that denies ec2:DeleteFlowLogs."),
        ("*INCOMING_SSH*", "Session Manager in place of SSH, and VPC Block Public Access where nothing has to be reached from outside."),
        ("RESTRICTED_*", "VPC Block Public Access where nothing has to be reached from outside, or prefix lists in place of 0.0.0.0/0."),
        ("*LAMBDA*PUBLIC*", "An SCP that denies lambda:AddPermission where lambda:Principal is '*'."),
    ];

    public static IEnumerable<string> Of(Incident incident)
    {
        var digest = Digest.Of(incident);
        return OfCause(incident, digest).Concat(OfPeople(incident, digest)).Concat(OfReason(digest)).Concat(OfService(incident, digest));
    }

    private static IEnumerable<string> OfCause(Incident i, Digest d)
    {
        if (i.Change?.Owner is { Kind: ResourceOwner.Terraform })
        {
            yield return "In the Terraform configuration: the next apply brings the setting back otherwise.";
        }
        else if (d.Stack is { } stack)
        {
            yield return $"In the template of stack {stack}: its next deployment brings the setting back otherwise.";
        }

        if (d.Principal is { } who && Attributed.Role(who) is var role)
        {
            yield return d.Course.Reverts > 0 || d.Course.IsRevert
                ? $"With {role}: it puts the setting back each time; what runs there has to stop, or the rule is not meant for it."
                : $"With {role}: it made the last change.";
        }
    }

    private static IEnumerable<string> OfPeople(Incident i, Digest d)
    {
        if (d.Course is { Undone: > 0 } or { HeldWhy: not null })
        {
            var why = d.Course.UndoneWhy ?? d.Course.HeldWhy;
            yield return $"An exemption, if it is meant to be so{(why is null ? "" : $" (\"{why}\")")}: {NextSteps.Exemption(i).Command}";
        }
        else if (d.Course is { IsApproved: true, Fixes: > 0 })
        {
            yield return $"A policy entry, if such a plan is agreed to anyway: - {{match: {{rule-name: '{i.Rule.Name}'}}, mode: auto}}";
        }
        else if (d.Course is { IsObserved: true, Fixes: 0 } && i.Plan is not null)
        {
            yield return $"A policy entry that lets the fix be made: - {{match: {{rule-name: '{i.Rule.Name}'}}, mode: approve}}";
        }
    }

    private static IEnumerable<string> OfReason(Digest d) => (d.Reason ?? d.Course.Escalated) switch
    {
        Reason.NotPermitted when d.Refused is { } action => [$"The permission {action} for {d.RefusedRole ?? "the service's role"} there."],
        Reason.NotPermitted => ["The permission that the notice named, for the service's role there."],
        Reason.NotConfigured => ["A policy entry with the values that were missing, for every resource of the rule."],
        Reason.Unsupported => ["A playbook for the rule ('remediator new playbook'), or the rule observed only."],
        Reason.Unconfirmed or Reason.Disputed => ["A look at the rule's parameters and triggers: it judges something else, or later."],
        Reason.Frozen => ["Another window, if such a finding cannot wait for the end of a freeze."],
        Reason.OverBudget => ["Raise the budget if this many findings in an hour are normal."],
        _ => [],
    };

    /// <summary>Who may not make the calls that set the setting cannot set it wrong.</summary>
    private static IEnumerable<string> OfService(Incident i, Digest d)
    {
        var own = Array.Find(Controls, c => Wildcard.Like(c.Rule, d.RuleIdentifier)).Says;
        if (own is not null)
        {
            yield return own;
        }

        var actions = i.Plan?.Calls.SelectMany(c => Actions.Of(c.Operation) ?? [])
            .Select(a => a.Action)
            .Distinct()
            .Take(MostActions)
            .ToImmutableArray() ?? [];
        if (!actions.IsEmpty)
        {
            yield return $"An SCP that denies {string.Join(", ", actions)}, by which the setting is set, to all but the service's role and "
                + "those who deploy.";
        }
    }
}
