using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Authoring.Checks;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Tests.Decide;
using Xunit.Abstractions;

namespace Remediator.Tests.Authoring.Checks;

public sealed class ShadowTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("{match: {account: '1*'}, owner: a}", "{match: {account: '111111111111'}, owner: b}", true)]
    [InlineData("{match: {account: '111111111111'}, owner: a}", "{match: {account: '1*'}, owner: b}", false)]
    [InlineData("{match: {account: '1*'}, owner: a}", "{match: {account: '111111111111'}, owner: b, mode: auto}", false)]
    [InlineData("{match: {tag: {Stage: dev}}, owner: a}", "{match: {account: '1*'}, owner: b}", false)]
    [InlineData("{match: {service: s3}, owner: a}", "{match: {service: s3, tag: {Stage: dev}}, owner: b}", true)]
    [InlineData(
        "{match: {set: Security-Hub-FSBP}, owner: a}",
        "{match: {set: CIS-AWS-v5.0.0, rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}, owner: b}",
        true
    )]
    [InlineData("{match: {resource: 'log?'}, owner: a}", "{match: {resource: 'log*'}, owner: b}", false)]
    [InlineData("{match: {impact: [brief, cost]}, owner: a}", "{match: {impact: brief}, owner: b}", true)]
    [InlineData("{match: {impact: brief}, owner: a}", "{match: {service: s3}, owner: b}", false)]
    [InlineData("{match: {service: s3}, params: {tags: {a: x}}}", "{match: {service: s3}, params: {tags: {a: p, b: q}}}", false)]
    public void Entry_is_shadowed_if_earlier_entries_set_all_its_words_for_all_it_matches(string above, string below, bool isShadowed) =>
        Assert.Equal(
            isShadowed,
            ShadowCheck
                .Of(PolicyReader.Read("policy.yaml", $"rules:\n  - {above}\n  - {below}"))
                .Any(p => p.Code is "PO025" && p.At.Line == 3));

    [Fact]
    public void Entry_without_effect_can_be_removed() => Prop.ForAll(
        GeneratedPolicy.Entries.ToArbitrary(),
        entries =>
        {
            var policy = PolicyReader.Read("policy.yaml", GeneratedPolicy.Yaml(entries));
            var shadowed = ShadowCheck.Of(policy).Where(p => p.Code is "PO025").Select(p => p.At).ToHashSet();
            var without = policy with { Rules = [.. policy.Rules.Where(r => !shadowed.Contains(r.At))] };
            return GeneratedPolicy.Subjects().All(s => EntryWords.Of(policy.For(s)).SequenceEqual(EntryWords.Of(without.For(s))));
        }).Check(Samples.Cases(200));

    [Fact]
    [Trait("Category", "Slow")]
    public void A_policy_of_four_thousand_entries_is_checked_in_seconds()
    {
        var rules = new[] { "S3_BUCKET_VERSIONING_ENABLED", "SNS_ENCRYPTED_KMS", "S3_*", "RDS_*" };
        var entries = Enumerable
            .Range(0, 4_000)
            .Select(n =>
                $"  - {{match: {{account: '{100_000_000_000 + n}', rule: {rules[n % 4]}}}, mode: auto, owner: team-{n}, params: "
                + $"{{kmsKeyId: alias/{n}}}}}\n"
            );
        var playbooks = PlaybookSet.Of(new PlaybookLibrary(Repository.PathOf("playbooks")));
        var clock = Stopwatch.StartNew();

        var (policy, _) = PolicyFile.TryRead("policy.yaml", $"rules:\n{string.Concat(entries)}", playbooks, DateTimeOffset.UnixEpoch);

        output.WriteLine($"4,000 entries: {clock.ElapsedMilliseconds} ms");
        Assert.True(policy is null || policy.Rules.Length == 4_000);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
    }
}
