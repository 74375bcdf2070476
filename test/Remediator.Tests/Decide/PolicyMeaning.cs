using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Tests.Decide;

/// <summary>What a policy decides for many subjects: two policies with the same text here behave alike.</summary>
internal static class PolicyMeaning
{
    public static string Of(Policy policy) =>
        string.Join(
            '\n',
            [
                .. Subjects().Select(s => Entry(policy, s)),
                $"{policy.Budgets} {policy.Guards} {policy.Escalations.PerHour} {string.Join(' ', policy.Escalations.RemindAfter)} "
                + $"{policy.Escalations.ExemptionReminder} "
                + $"{string.Join(' ', policy.Digests.OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}"))}",
                string.Join(
                    ' ',
                    policy
                        .Freezes.Select(f =>
                            $"{f.From:O} {f.Until:O} {string.Join(',', f.Weekly.Select(w => w.ToString()).Distinct())} {f.Reason} "
                            + $"{About(f.Match)}"
                        )
                        .Distinct()),
                string.Join(
                    ' ',
                    policy
                        .Windows.Select(w => $"{string.Join(',', w.Open.Select(o => o.ToString()).Distinct())} {About(w.Match)}")
                        .Distinct()),
                $"{string.Join(' ', policy.Backlog.Accounts.Distinct())} {string.Join(' ', policy.Backlog.Regions.Distinct())} "
                + $"{policy.Backlog.PerSweep} {policy.Backlog.Every}",
            ]);

    private static string Entry(Policy policy, Subject subject)
    {
        var e = policy.For(subject);
        var exempt = string.Join(
            ' ', policy.Exemptions.Where(x => x.Match.Matches(subject)).Select(x => $"{x.Reason} {x.Until:O}").Distinct());
        return $"{e.Mode} {string.Join(',', e.AutoUpTo!.Unasked.Distinct())} {e.Owner} {e.Environment} {e.Severity} {e.Playbook} "
            + $"{e.Rollout} {e.EscalateTo?.Owner} {e.EscalateTo?.After} {e.WarnBefore} "
            + $"{e.Settle} {e.ConfirmWithin} {e.Parameters} {e.Account!.Name} {string.Join(' ', e.Account.Values)} "
            + $"{exempt}";
    }

    private static string About(Match match) =>
        string.Concat(Subjects().Select(s => match.Matches(s with { Used = new(["s3/a"], Impact.Restart) }) ? '1' : '0'));

    private static IEnumerable<Subject> Subjects() =>
        from account in (string[])["111111111111", "222222222222", "333333333333"]
        from region in (string[])["eu-west-1", "us-east-1"]
        from type in (string[])["AWS::SNS::Topic", "AWS::S3::Bucket"]
        from id in (string[])["logs-1", "downloads", "other"]
        from rule in (string[])["S3_BUCKET_VERSIONING_ENABLED", "SNS_ENCRYPTED_KMS", "SQS_QUEUE_NO_PUBLIC_ACCESS", ""]
        from tags in (string?[])[null, "Stage=dev", "Stage=prod", "public=allowed"]
        select new Subject(new ResourceKey(account, region, type, id), rule is "" ? "our-own-rule" : "a-name", rule)
        {
            Tags = tags?.Split('=') is [var key, var value]
                ? ImmutableDictionary<string, string>.Empty.Add(key, value)
                : ImmutableDictionary<string, string>.Empty,
        };
}
