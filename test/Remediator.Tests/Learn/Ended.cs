using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Learn;

/// <summary>Short forms of incidents, for reports.</summary>
internal static class Ended
{
    public static readonly DateTimeOffset Start = Some.Time;

    public static Digest Of(string bucket, Course course, int minutes = 0, string rule = "some-rule", int id = 0) => new()
    {
        Id = $"{bucket}-{rule}-{minutes}-{id}",
        Version = 1,
        State = IncidentState.Closed,
        Resource = Some.Bucket(bucket),
        Rule = rule,
        RuleArn = Some.Rule(rule).Arn,
        OpenedAt = Start.AddMinutes(minutes),
        ChangedAt = Start.AddMinutes(minutes + 30),
        FixedAt = course.Fixes > 0 ? Start.AddMinutes(minutes + 10) : null,
        Course = course,
    };

    public static Course Fixed(int seconds = 60) =>
        new() { Fixes = 1, IsStanding = true, RightAt = Start.AddSeconds(seconds), IsConfirmed = true };
}
