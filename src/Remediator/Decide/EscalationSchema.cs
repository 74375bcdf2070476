using Remediator.Guard;
using static Remediator.Decide.SchemaParts;

namespace Remediator.Decide;

/// <summary>The words that say how often people are called, and how they read it.</summary>
internal static class EscalationSchema
{
    private static readonly Shape Zone = new Shape.Text(
        "a time zone that this machine knows",
        "write a name of the IANA database, such as Europe/Berlin",
        "^[A-Za-z][A-Za-z0-9_+/-]*$",
        text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _));

    public static readonly Shape.Mapping Escalation = new(
        "escalation",
        [
            new("per-hour", Count(1), "Notices per hour; the rest is told in one summary.")
            {
                Default = Written(Limits.Default.MostNotices),
            },
            new("problem-after", Count(1), "So many notices of one cause; one notice of their problem tells the rest.")
            {
                Default = Written(Limits.Default.ProblemAfter),
            },
            new("time-zone", Zone, "By whose clock people read times: the name of a time zone. Otherwise it is UTC."),
            new("ops-items", new Shape.Flag(), "Whether a problem that one notice tells has an OpsItem in Systems Manager, too."),
            new(
                "remind-after",
                Several(new Shape.Duration(MayBeZero: false)),
                "How long after a notice each reminder follows, unless somebody acknowledged."),
            new(
                "exemption-reminder",
                new Shape.Duration(MayBeZero: false),
                "So long before an exemption ends its owner is reminded; of a shorter one, given by command, when half of it is over.")
            {
                Default = Written(Limits.Default.ExemptionReminder),
            },
        ]);
}
