using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Testing;

namespace Remediator.Tests.Learn;

/// <summary>What a review finds, and how it suggests to prevent it.</summary>
public sealed class ReviewTests
{
    private static Incident Fixed
    {
        get
        {
            var plan = new Plan(
            [
                new()
                {
                    Step = "s",
                    Before = Some.Json("null"),
                    After = Some.Json("{}"),
                    Calls = [new("s3:PutPublicAccessBlock", Some.Json("{}"))],
                },
            ]);
            var incident = Some.Incident(now: Some.Time) with
            {
                Change = Some.Planned(plan),
                Terms = new() { RuleIdentifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" },
            };
            var begun = Transitions.Begun(incident, 0, Some.Time.AddMinutes(1), Some.Time);
            return Transitions.Fixed(begun, plan, Some.Time.AddMinutes(3), Some.Time);
        }
    }

    [Fact]
    public void Timeline_has_each_line_in_order_with_the_time_between()
    {
        var incident = Fixed with { Origin = Fixed.Origin with { OrderedAt = Some.Time.AddMinutes(-10), Annotation = "it is open" } };

        var review = Review.Of(incident);

        Assert.Equal(
            [
                ("AWS Config judged it", 0), ("the incident was opened: it is open", 10), ("applying 1 call", 1),
                ("read back and found right", 2),
            ],
            review.Timeline.Select(m => (m.What, (int)m.After.TotalMinutes)));
        Assert.Equal(TimeSpan.FromMinutes(13), review.Took);
    }

    [Fact]
    public void Account_block_and_SCP_are_suggested_as_prevention()
    {
        var prevents = Prevention.Of(Fixed).ToList();

        Assert.Contains(prevents, p => p.StartsWith("S3 Block Public Access for the whole account", StringComparison.Ordinal));
        Assert.Contains(prevents, p => p.StartsWith("An SCP that denies s3:PutBucketPublicAccessBlock, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Stack_principal_and_exemption_are_suggested_as_prevention()
    {
        const string who = "Last changed by arn:aws:iam::1:user/kim with PutX. CloudFormation stack web owns it.";
        var incident = Fixed.Noted(EntryKind.Noted, who, Some.Time);
        incident = incident with { Course = incident.Course! with { Undone = 1, UndoneWhy = "website" } };

        var prevents = Prevention.Of(incident).ToList();

        Assert.Contains("In the template of stack web: its next deployment brings the setting back otherwise.", prevents);
        Assert.Contains(prevents, p => p.StartsWith("With arn:aws:iam::1:user/kim", StringComparison.Ordinal));
        Assert.Contains(prevents, p => p.Contains("(\"website\"): under 'exemptions' in policy.yaml", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NotPermitted", "The permission that")]
    [InlineData("NotConfigured", "A policy entry with the values")]
    [InlineData("Unsupported", "A playbook for the rule")]
    public void Reason_for_which_it_stopped_has_its_remedy(string reason, string remedy) => Assert.Contains(
        Prevention.Of(Transitions.Escalated(Some.Incident(), Enum.Parse<Reason>(reason), "why", Some.Time, Some.Time)),
        p => p.StartsWith(remedy, StringComparison.Ordinal));
}
