using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>A share that rises by itself: how far, for which resources, and what it is known by.</summary>
public sealed class RampTests
{
    private const string Rising = "rollout: {start: 5%, to: 80%, over: 10d}";
    private static readonly DateTimeOffset Begin = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Share_rises_evenly_from_start_to_end()
    {
        var ramp = RampOf($"defaults: {{mode: auto, {Rising}}}");

        Assert.Equal(
            [5, 5, 12, 42, 80, 80],
            new[] { -1, 0, 1, 5, 10, 100 }.Select(days => ramp.ShareAt(5, Begin, Begin.AddDays(days))));
    }

    [Fact]
    public void Share_rises_with_time_never_falls_and_never_passes_its_end()
    {
        var ramps = from start in Gen.Choose(0, 99)
                    from to in Gen.Choose(start + 1, 100)
                    from hours in Gen.Choose(1, 24 * 999)
                    from minutes in Gen.Choose(-100_000, 2_000_000).ArrayOf(20)
                    select (Ramp: new Ramp(start, to, TimeSpan.FromHours(hours), new(1, 1, 5)), Minutes: minutes.Order().ToArray());

        FsCheck.Check.One(Samples.Cases(400), Prop.ForAll(ramps.ToArbitrary(), x =>
        {
            var shares = x.Minutes.Select(m => x.Ramp.ShareAt(x.Ramp.Start, Begin, Begin.AddMinutes(m))).ToArray();
            return shares.SequenceEqual(shares.Order()) && shares.All(s => s >= x.Ramp.Start && s <= x.Ramp.To);
        }));
    }

    [Fact]
    public void Resource_that_is_in_stays_in_as_the_share_rises()
    {
        var entry = EntryOf($"defaults: {{mode: auto, {Rising}}}");
        var buckets = Enumerable.Range(0, 500).Select(n => Some.Bucket($"bucket-{n}")).ToArray();
        var (before, counts) = (new HashSet<ResourceKey>(), new List<int>());
        for (var share = 5; share <= 80; share++)
        {
            var isIn = buckets.Where(b => Rollout.Of(entry, b, Book(entry, share)).Mode is Mode.Auto).ToHashSet();
            Assert.True(isIn.IsSupersetOf(before));
            counts.Add(isIn.Count);
            before = isIn;
        }

        Assert.InRange(counts[0], 5, 60);
        Assert.InRange(counts[^1], 350, 450);
    }

    [Fact]
    public void Before_it_has_begun_it_has_its_first_share_and_none_where_it_cannot_be_believed()
    {
        var entry = EntryOf($"defaults: {{mode: auto, {Rising}}}");

        Assert.Equal(5, Rollout.ShareOf(entry, RolloutBook.Empty));
        Assert.Equal(30, Rollout.ShareOf(entry, Book(entry, 30)));
        Assert.Equal(80, Rollout.ShareOf(entry, Book(entry, 100)));
        Assert.Equal(0, Rollout.ShareOf(entry, Book(entry, 30) with { Unbelieved = "its seal does not hold" }));
    }

    [Theory]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 5%, to: 80%, over: 10d}}]", true)]
    [InlineData(
        "# a line\nrules: [{match: {account: '1*'}, owner: a}, {match: {rule: S3_*}, mode: auto, "
        + "rollout: {start: 5, to: 80%, over: 240h}}]",
        true)]
    [InlineData("rules: [{match: {rule: S3_*}, mode: approve, rollout: {start: 5%, to: 80%, over: 10d}}]", false)]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 6%, to: 80%, over: 10d}}]", false)]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 5%, over: 10d}}]", false)]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 5%, to: 80%, over: 9d}}]", false)]
    [InlineData("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 5%, to: 80%, over: 10d, hold-if: {undos: 2}}}]", false)]
    [InlineData("rules: [{match: {rule: SNS_*}, mode: auto, rollout: {start: 5%, to: 80%, over: 10d}}]", false)]
    public void It_is_known_by_its_terms_and_what_it_is_about_and_not_by_its_place_in_the_file(string policy, bool isSame) => Assert.Equal(
        isSame,
        Ids("rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 5%, to: 80%, over: 10d}}]").SequenceEqual(Ids(policy)));

    [Fact]
    public void Each_mode_that_it_may_meet_has_its_own()
    {
        var policy = Read($$$"""
            defaults: { mode: observe, {{{Rising}}} }
            rules:
              - {match: {rule: S3_*}, mode: auto}
              - {match: {rule: SNS_*}, mode: approve}
              - {match: {rule: SQS_*}, mode: auto, rollout: 20%}
              - {match: {rule: KMS_*}, mode: observe}
              - {match: {rule: S3_BUCKET_VERSIONING_ENABLED}, rollout: {start: 1%, over: 1d}}
            """);

        Assert.Equal(
            [
                "rule: S3_*: mode auto", "rule: S3_BUCKET_VERSIONING_ENABLED, and rule: S3_*: mode auto", "rule: SNS_*: mode approve",
                "rule: SQS_*: mode auto",
            ],
            PolicyRollout.Of(policy).Select(r => r.About.Split(", from ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_decides_about_a_finding_is_among_those_that_the_sweep_raises()
    {
        FsCheck.Check.One(Samples.Cases(400), Prop.ForAll(GeneratedRollouts().ToArbitrary(), text =>
        {
            var policy = Read(text);
            var ids = PolicyRollout.Of(policy).Select(r => r.Id).ToHashSet();
            return Subjects().All(s => policy.For(s) is var e && (e.Rollout?.Ramp is null || e.Mode is Mode.Observe
                ? Rollout.Of(e, s.Resource, RolloutBook.Empty).RolloutId is null
                : ids.Contains(Rollout.IdOf(e)) && policy.LooksAtRollouts(s)));
        }));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, null)]
    [InlineData(100, 4, 0, 0, null)]
    [InlineData(100, 5, 0, 0, "5 of 100 changes failed (5%)")]
    [InlineData(1, 1, 0, 0, "1 of 1 change failed (100%)")]
    [InlineData(9, 0, 1, 0, null)]
    [InlineData(9, 0, 2, 0, "2 of 9 changes put back")]
    [InlineData(9, 0, 0, 1, "1 fix was found wrong again")]
    [InlineData(9, 9, 2, 2, "2 of 9 changes put back; 2 fixes were found wrong again; 9 of 9 changes failed (100%)")]
    public void It_is_held_by_what_became_of_its_changes(int changes, int failures, int undos, int reverts, string? why) =>
        Assert.Equal(why, new HoldIf(Reverts: 1, Undos: 2, Failures: 5).Why(new(changes, failures, undos, reverts)));

    [Fact]
    public void Without_a_failure_it_is_not_held_whatever_share_may_fail() =>
        Assert.Null(new HoldIf(Reverts: 1, Undos: 1, Failures: 0).Why(new(100, 0, 0, 0)));

    [Fact]
    public void Resource_that_is_changed_by_it_is_counted_for_it()
    {
        var entry = EntryOf($"defaults: {{mode: auto, {Rising}}}");
        var bucket = Some.Bucket("bucket");
        var place = Rollout.PlaceOf(bucket);

        Assert.Equal(Rollout.IdOf(entry), Rollout.Of(entry, bucket, Book(entry, place + 1)).RolloutId);
        var leftOut = Rollout.Of(entry, bucket, Book(entry, place));
        Assert.Equal((null, Mode.Observe, place), (leftOut.RolloutId, leftOut.Mode, leftOut.LeftOut));
        Assert.Null(Rollout.Of(EntryOf("defaults: {mode: auto, rollout: 100%}"), bucket, RolloutBook.Empty).RolloutId);
    }

    private static Policy Read(string text) => PolicyReader.Read("policy.yaml", text);

    private static PolicyEntry EntryOf(string policy) => Read(policy).For(new(Some.Bucket("bucket"), "a-rule", ""));

    private static Ramp RampOf(string policy) => EntryOf(policy).Rollout!.Ramp!;

    private static IEnumerable<string> Ids(string policy) => PolicyRollout.Of(Read(policy)).Select(r => r.Id);

    private static RolloutBook Book(PolicyEntry entry, int share) => new(1, [new()
    {
        Id = Rollout.IdOf(entry),
        About = "",
        BegunAt = Begin,
        Share = share,
        From = share,
        Since = Begin,
    }]);

    private static Gen<string> GeneratedRollouts() =>
        from entries in (from match in Gen.Elements("rule: S3_*", "rule: SNS_*", "account: '1*'", "tag: {Stage: dev}", "resource: logs-*")
                         from mode in Gen.Elements("", "mode: auto", "mode: approve", "mode: observe")
                         from rollout in Gen.Elements(
                             "", "rollout: 20%", "rollout: {start: 5%, over: 10d}", "rollout: {start: 7%, over: 3d}")
                         select (match, words: string.Join(", ", new[] { mode, rollout, "severity: info" }.Where(w => w.Length > 0))))
            .ListOf(4)
        from defaults in Gen.Elements("{mode: observe}", "{mode: auto, rollout: {start: 1%, over: 2d}}", "{mode: approve}")
        select $"defaults: {defaults}\nrules:\n{string.Join('\n', entries.Select(e => $"  - {{match: {{{e.match}}}, {e.words}}}"))}\n";

    private static IEnumerable<Subject> Subjects() =>
        from account in (string[])["111111111111", "222222222222"]
        from id in (string[])["logs-1", "other"]
        from rule in (string[])["S3_BUCKET_VERSIONING_ENABLED", "SNS_ENCRYPTED_KMS", ""]
        from tags in (ImmutableDictionary<string, string>?[])[null, ImmutableDictionary<string, string>.Empty.Add("Stage", "dev")]
        select new Subject(new ResourceKey(account, "eu-west-1", "AWS::S3::Bucket", id), "a-rule", rule) { Tags = tags };
}
