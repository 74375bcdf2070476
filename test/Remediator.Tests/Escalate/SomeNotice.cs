using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Escalate;

/// <summary>Realistic notices, one for each reason.</summary>
internal static class SomeNotice
{
    private static readonly PlaybookLibrary Playbooks = new(Emulator.Repository.At("playbooks"));

    public static Notice Of(Reason reason) =>
        new NoticeSources(Playbooks, new("remediator-OperateFunction-Jx1bQ", "us-east-1")).Complete(Notice.Of(Of(reason, IsAsked(reason))));

    /// <summary>A rule that no playbook answers, with what its guide gives; one of its questions was refused.</summary>
    public static Notice OfHelp()
    {
        var incident = Of(Reason.Unsupported, isAsked: false);
        return new NoticeSources(Playbooks).Complete(Notice.Of(incident with
        {
            Origin = incident.Origin with
            {
                Resource = incident.Resource with { Type = "AWS::EC2::VPNConnection", Id = "vpn-0a1b2c3d" },
                Annotation = "One of the tunnels is down.",
            },
            Terms = incident.Terms with { RuleIdentifier = "VPC_VPN_2_TUNNELS_UP" },
            Detail = "No playbook answers VPC_VPN_2_TUNNELS_UP for AWS::EC2::VPNConnection.",
            Telling = incident.Telling with { Help = Help },
        }));
    }

    /// <summary>A change of two parts, of which the first one is made.</summary>
    public static Notice OfRest()
    {
        var incident = Of(Reason.ApprovalNeeded, isAsked: true);
        var playbook = Playbooks.Load("rds/snapshot-encryption");
        static StepPlan Step(string name, string before, string after, string operation, string input) => new()
        {
            Step = name,
            Before = Json.Parse(before),
            After = Json.Parse(after),
            Deletes = name is "original",
            Calls = [new(operation, Json.Parse(input))],
        };
        return new NoticeSources(Playbooks, new("remediator-OperateFunction-Jx1bQ", "us-east-1")).Complete(Notice.Of(incident with
        {
            Origin = incident.Origin with
            {
                Resource = incident.Resource with { Type = "AWS::RDS::DBSnapshot", Id = "orders-final" },
                Annotation = "The snapshot is not encrypted.",
            },
            Terms = incident.Terms with { RuleIdentifier = "RDS_SNAPSHOT_ENCRYPTED", Playbook = playbook.Name },
            Detail = playbook.Steps[1].AskAgain,
            Change = new()
            {
                Plan = new([
                    Step("copy", "null", "\"available\"", "rds:CopyDBSnapshot", """{"SourceDBSnapshotIdentifier":"orders-final"}"""),
                    Step(
                        "original",
                        """{"Encrypted":false}""",
                        "null",
                        "rds:DeleteDBSnapshot",
                        """{"DBSnapshotIdentifier":"orders-final"}"""),
                ]),
                Inputs = Json.EmptyObject,
                Playbook = playbook.Name,
                PlaybookHash = PlaybookLibrary.HashOf(playbook.Source),
                Evidence = new(Some.Time, [new("Other snapshot of the database", ["orders-final-encrypted encrypted"])]),
                BeganAt = Some.Time,
                IsInPlace = true,
                AgreedBy = "claimed=alice",
                Step = 1,
                AsksAt = 1,
            },
        }));
    }

    private static Help Help => new(
        new(Some.Time,
        [
            new("Tunnel", ["{address: 203.0.113.7, status: UP, routes: 4}", "{address: 203.0.113.9, status: DOWN, says: IPSEC IS DOWN}"]),
            new("Device at the other end", ["could not be read: ec2:DescribeCustomerGateways was refused (UnauthorizedOperation)"]),
        ]),
        [
            new(
                "Have whoever runs the device configure the tunnel to 203.0.113.9.",
                "aws ec2 get-vpn-tunnel-replacement-status --vpn-connection-id vpn-0a1b2c3d --vpn-tunnel-outside-ip-address 203.0.113.9"),
            new("See that its logs stay quiet.", ""),
        ]);

    /// <summary>A rollback that waits for approval.</summary>
    private static bool IsAskedRollback(Reason reason) =>
        reason is Reason.OwnedByStack or Reason.OwnedByTerraform or Reason.OwnedByAutoscaler or Reason.NotQuiet;

    private static bool IsAsked(Reason reason) => reason is Reason.ApprovalNeeded or Reason.Announced || IsAskedRollback(reason);

    private static bool HasNoPlan(Reason reason) =>
        reason
            is Reason.Unsupported
                or Reason.Frozen
                or Reason.NotConfigured
                or Reason.NeverCompliant
                or Reason.TooOld
                or Reason.NoHistory
                or Reason.IdentityChanged
                or Reason.CauseElsewhere
                or Reason.ChangedSince
                or Reason.Masked;

    public static Incident Of(Reason reason, bool isAsked)
    {
        var of = Some.Incident(Some.Bucket("shop-invoices"), Some.Rule("s3-public-access"));
        var known = !HasNoPlan(reason);
        return of with
        {
            State = isAsked ? IncidentState.AwaitingApproval : IncidentState.Escalated,
            Origin = of.Origin with { Annotation = "The bucket's public access block is not complete." },
            Terms = new()
            {
                RuleIdentifier = reason is Reason.Unsupported ? "ENCRYPTED_VOLUMES" : "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
                Playbook = known ? "s3/bucket-public-access-block" : "",
                Owner = "shop",
                Environment = "production",
                Severity = Severity.Error,
            },
            Reason = reason,
            Detail = Why(reason),
            Attempts = known ? 1 : 0,
            Change = known ? Changed(reason) : null,
            FixedAt = reason is Reason.Unconfirmed or Reason.Disputed or Reason.Flapping ? of.OpenedAt : null,
            Reverts = reason is Reason.Flapping ? 3 : 0,
        };
    }

    private static PlannedChange Changed(Reason reason)
    {
        var change = Planned();
        return reason switch
        {
            Reason.Unconfirmed or Reason.Disputed or Reason.Flapping or Reason.Conflict or Reason.Contained =>
                change with { BeganAt = Some.Time, IsInPlace = true },
            Reason.ReferenceGone => change with { BeganAt = Some.Time, UndoCalls = [.. change.Plan.Calls], Recorded = Recorded },
            Reason.OwnedByStack => change with
            {
                Recorded = Recorded,
                Owner = new(ResourceOwner.Stack, "web")
                {
                    LogicalId = "Bucket",
                    Template = "PublicAccessBlockConfiguration.BlockPublicPolicy: true",
                },
            },
            _ when IsAskedRollback(reason) => change with { Recorded = Recorded },
            Reason.NotVerified or Reason.Failed or Reason.AlarmRang =>
                change with { BeganAt = Some.Time, UndoCalls = [.. change.Plan.Calls] },
            _ => change,
        };
    }

    private static RecordedOrigin Recorded => new(
        Some.Time.AddHours(-3), new("1759389000000", Some.Time.AddHours(-4)), new("1759398000000", Some.Time.AddMinutes(-10)))
    {
        Playbooks = [new("s3/bucket-public-access-block", PlaybookLibrary.HashOf(Playbooks.Load("s3/bucket-public-access-block").Source))],
        ChangedBy = "Last changed by arn:aws:iam::123456789012:role/deploy with PutBucketPublicAccessBlock.",
    };

    private static PlannedChange Planned()
    {
        var after = Some.Json("""{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}""");
        var input = Json.Object(
            [KeyValuePair.Create("Bucket", Json.Text("shop-invoices")), KeyValuePair.Create("PublicAccessBlockConfiguration", after)]);
        var before = Some.Json(
            """{"BlockPublicAcls":true,"BlockPublicPolicy":false,"IgnorePublicAcls":true,"RestrictPublicBuckets":false}""");
        return Some.Planned(
            new([new() { Step = "setting", Before = before, After = after, Calls = [new("s3:PutPublicAccessBlock", input)] }]));
    }

    private static string Why(Reason reason) =>
        reason switch
        {
            Reason.ApprovalNeeded => "The policy asks a person first.",
            Reason.Announced => Sentences.Announced(Some.Time.AddDays(3), null),
            Reason.Guarded => "The bucket serves a website.",
            Reason.NotPermitted =>
                "s3:PutPublicAccessBlock was refused (AccessDenied): explicit deny in a service control policy. It needs "
                + "s3:PutBucketPublicAccessBlock.",
            Reason.ThrottledOut => "s3:PutPublicAccessBlock: SlowDown after 5 attempts",
            Reason.Contained => "The bucket's owner has not agreed yet: ask, then take it back with an undo.",
            Reason.Unsupported => "No playbook answers ENCRYPTED_VOLUMES for AWS::S3::Bucket.",
            Reason.NotVerified => Sentences.NotVerified("setting", ["BlockPublicPolicy"]),
            Reason.Flapping => Sentences.Flapping(3, " Last changed by arn:aws:iam::123456789012:role/deploy with PutPublicAccessBlock."),
            Reason.OverBudget => Sentences.OverBudget(new("account 123456789012", 100, Some.Time.AddMinutes(56))),
            Reason.Frozen => "Changes are frozen until 2026-10-05 06:00:00Z: weekend",
            Reason.BreakerOpen => Sentences.OutOfUse(new("failures", 5, Some.Time.AddMinutes(56))),
            Reason.Conflict => Sentences.Conflict([new(["BlockPublicPolicy"], Json.Null, Json.Null)]),
            Reason.Failed => "s3:PutPublicAccessBlock: MalformedXML: The XML you provided was not well-formed.",
            Reason.NotFound => "The resource was not found: s3:GetPublicAccessBlock does not find it. Config still reports it.",
            Reason.NotConfigured => "The policy gives no value for the parameter 'logBucket', without which the playbook changes nothing.",
            Reason.NeverCompliant => "Nothing says that the resource ever complied with this rule: there is no value to roll back to.",
            Reason.TooOld =>
                "AWS Config has no item from before the change that is newer than the policy's rollback.max-age (30 days; that is "
                + "2026-09-02 07:03:46Z).",
            Reason.NoHistory => "AWS Config has no recorded configuration of the resource.",
            Reason.IdentityChanged => "The resource was deleted and made anew since it complied (recorded at 2026-10-01 09:00:00Z).",
            Reason.CauseElsewhere =>
                "None of the settings of AWS::S3::Bucket that can be put back differ between what AWS Config recorded while the rule held "
                    + "(item 1759389000000 of 2026-10-02 03:03:46Z) and what the rule found wrong (item 1759398000000 of 2026-10-02 "
                    + "06:53:46Z): the cause lies elsewhere.",
            Reason.ChangedSince =>
                "Since AWS Config recorded it last, at 2026-10-02 06:53:46Z, somebody changed what would be put back: BlockPublicPolicy.",
            Reason.NotQuiet => Sentences.NotQuiet(Recorded),
            Reason.OwnedByStack => "CloudFormation stack web owns it, as Bucket: its next deployment may undo the change.",
            Reason.OwnedByTerraform => "Terraform owns it (tag managed-by): the next apply may undo the change.",
            Reason.OwnedByAutoscaler => "Auto Scaling group web owns it, and may replace it.",
            Reason.Masked => "AWS Config does not record environment: the value of 2026-10-02 03:03:46Z is not known.",
            Reason.ReferenceGone =>
                "ec2:AuthorizeSecurityGroupIngress: InvalidGroup.NotFound: The security group 'sg-0a1b2c3d4e5f60718' does not exist",
            Reason.AlarmRang => Sentences.AlarmRang("shop-5xx", Some.Time.AddMinutes(4)),
            Reason.Disputed =>
                "AWS Config found it wrong after the setting had been read as right. It read setting: {BlockPublicAcls: true, "
                + "BlockPublicPolicy: true}.",
            _ => "The setting reads right, but Config has not said so in 49 hours.",
        };
}
