using System.Text.Encodings.Web;
using System.Text.Json;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Escalate.Forms;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Escalate;

/// <summary>Every reason in every format, as files. REMEDIATOR_APPROVE=1 rewrites them: read the difference before committing it.</summary>
public sealed class GoldenNoticeTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Reasons => [.. Enum.GetValues<Reason>().Select(r => r.Name())];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_reads_as_approved_in_each_form(string reason) =>
        AssertApproved(reason, IncidentFacts.Of(SomeNotice.Of(Enum.GetValues<Reason>().Single(r => r.Name() == reason))));

    [Fact]
    public void Resolved_message_reads_as_approved() =>
        AssertApproved("resolved", IncidentFacts.Of(new(NoticeKind.Resolved, SomeNotice.Of(Reason.Unconfirmed, isAsked: false))));

    [Fact]
    public void Message_that_nobody_has_to_act_reads_as_approved() => AssertApproved("left-alone", IncidentFacts.Of(new(
        NoticeKind.Resolved,
        SomeNotice.Of(Reason.Guarded, isAsked: false) with
        {
            State = IncidentState.Held,
            Detail = "exempt until 2026-12-31 00:00:00Z by order exempt-0123456789, claimed by alice: public on purpose",
        })));

    [Fact]
    public void Exemption_that_ends_reads_as_approved() => AssertApproved("exemption-ends", ServiceNotice.OfEnding(
        new(
            "exempt-0123456789", "rule=S3_* resource=public-*", "public on purpose", "claimed by alice", Some.Time.AddDays(7),
            [
                ("look", "remediator orders"),
                ("renew", "remediator renew exempt-0123456789 --until 2026-11-08 --why 'reason'"),
                ("end now", "remediator lift exempt-0123456789"),
            ])
        {
            Owner = "platform",
            Account = "123456789012",
        }).Facts);

    [Fact]
    public void Notes_on_findings_that_fail_read_as_approved() => AssertApproved("finding-notes", ServiceNotice.Of(new FindingNews(
        SomeNotice.Of(Reason.Unconfirmed, isAsked: false),
        "securityhub:BatchUpdateFindings failed: AccessDeniedException (403).",
        Some.Time.AddHours(16))).Facts);

    [Fact]
    public void Second_step_reads_as_approved() => AssertApproved(
        "second-step",
        IncidentFacts.Of(SomeNotice.Of(Reason.NotPermitted) with { Further = new(TimeSpan.FromHours(4), "platform") }));

    [Fact]
    public void Help_by_hand_reads_as_approved() => AssertApproved("by-hand", IncidentFacts.Of(SomeNotice.OfHelp()));

    [Fact]
    public void Question_about_the_rest_of_a_change_reads_as_approved() =>
        AssertApproved("asked-again", IncidentFacts.Of(SomeNotice.OfRest()));

    [Fact]
    public void Problem_reads_as_approved() => AssertApproved("problem", ServiceNotice.OfProblem(
        new("problem-0123456789", "team", 12, Some.Time, Some.Time)
        {
            Says = "stack web (shop-prod, us-east-1) owns all of them",
            Severity = Severity.Error,
        },
        SomeNotice.Of(Reason.ApprovalNeeded, isAsked: true),
        isAsked: true,
        ["    12  some-rule: approval-needed, for example 01AB-CD2E-3F4G"]).Facts);

    [Fact]
    public void Held_rollout_reads_as_approved() => AssertApproved("rollout-held", ServiceNotice.OfHeldRollout(new()
    {
        Id = "rollout-0123456789",
        About = "rule: S3_*: mode auto, from 5% to 100% over 14d, held if reverts 1, undos 1, failures 5%",
        Owner = "platform",
        BegunAt = Some.Time.AddDays(-3),
        Share = 25,
        From = 5,
        Since = Some.Time.AddDays(-3),
        Held = new(Some.Time, "1 of 14 changes put back (public on purpose)"),
    }).Facts);

    [Fact]
    public void Digest_reads_as_approved() => AssertApproved("digest", ServiceNotice.OfDigest(
        "shop",
        Some.Time.Date,
        Some.Time.Date.AddDays(1),
        2,
        [
            "2026-10-02 07:03Z  shop-prod us-east-1 AWS::S3::Bucket logs, rule some-rule: remediator undo 01AB-CD2E-3F4G",
            "2026-10-02 09:00Z  shop-prod us-east-1 AWS::S3::Bucket other, rule some-rule: put back since",
        ]).Facts);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Breaker_reads_as_approved(bool isOpen)
    {
        var news = new BreakerNews(
            SomeNotice.Of(Reason.Failed, isAsked: false), "123456789012", new("failures", 5, Some.Time.AddMinutes(56)), isOpen);
        AssertApproved(isOpen ? "breaker-opened" : "breaker-closed", ServiceNotice.Of(news).Facts);
    }

    [Fact]
    public void Storm_reads_as_approved() =>
        AssertApproved(
            "storm",
            ServiceNotice
                .OfStorm(
                    "remediator/storm/2026100207",
                    "9980 more notices between 07:00 and 08:00 UTC",
                    ["9980  some-rule: unsupported, for example 01AB-CD2E-3F4G"],
                    SomeNotice.Of(Reason.Unsupported, isAsked: false))
                .Facts);

    private static void AssertApproved(string name, NoticeFacts facts)
    {
        var file = Repository.At(Path.Combine("test", "Remediator.Tests", "Escalate", "Golden", $"{name}.approved.txt"));
        var text = Rendered(facts);
        if (Environment.GetEnvironmentVariable("REMEDIATOR_APPROVE") is "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "(not approved yet: REMEDIATOR_APPROVE=1 writes it)", text);
    }

    private static string Rendered(NoticeFacts facts) => $"""
        === subject
        {ShortForm.Subject(facts)}
        === text message
        {ShortForm.Text(facts)}
        === mail
        {MailForm.Of(facts)}
        === chat
        {Pretty(ChatForm.Of(facts))}
        === machine
        {Pretty(MachineForm.Of(facts))}

        """.ReplaceLineEndings("\n");

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
