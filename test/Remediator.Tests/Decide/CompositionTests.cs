using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Authoring.Data;
using Remediator.Authoring.Permissions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>Each setting comes from the first entry that matches and has it.</summary>
public sealed class CompositionTests
{
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));
    private static readonly ImmutableArray<Subject> Subjects = [.. GeneratedPolicy.Subjects()];
    private static readonly string[] Defaulted =
    [
        "auto-up-to", "environment", "severity", "rollout", "settle", "warn-before", "confirm-within", "to", "tags-from", "owned",
    ];

    [Fact]
    public void Each_word_comes_from_the_first_entry_that_matches_and_says_it_and_parameters_value_by_value()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            defaults: {mode: observe, owner: platform, params: {tags: {Owner: nobody, Stage: prod}}}
            rules:
              - {match: {account: '111111111111'}, owner: shop, params: {tags: {Owner: shop}}}
              - {match: {rule: S3_*}, mode: approve, owner: storage}
              - {match: {rule: S3_BUCKET_VERSIONING_ENABLED}, mode: auto, rollout: 10%, params: {tags: {Owner: buckets, CostCenter: '1'}}}
            """);

        var said = policy.For(new(new("111111111111", "eu-west-1", "AWS::S3::Bucket", "a"), "r", "S3_BUCKET_VERSIONING_ENABLED"));

        Assert.Equal((Mode.Approve, "shop", 10), (said.Mode!.Value, said.Owner, said.Rollout!.Percent));
        Assert.Equal("""{"tags":{"Owner":"shop","Stage":"prod","CostCenter":"1"}}""", said.Parameters.GetRawText());
    }

    [Fact]
    public void Composition_equals_an_evaluator_that_works_word_by_word() => Check(
        GeneratedPolicy.Entries,
        entries =>
        {
            var policy = PolicyReader.Read("policy.yaml", GeneratedPolicy.Yaml(entries));
            return Subjects.All(s => Said(policy, s).SequenceEqual(Expected(entries, s)));
        });

    [Fact]
    public void The_order_of_entries_with_different_words_does_not_matter() => Check(
        from entries in GeneratedPolicy.Entries
        from order in Gen.Shuffle(Enumerable.Range(0, entries.Length).ToArray())
        let apart = Apart(entries)
        select (Written: apart, Shuffled: order.Select(i => apart[i]).ToImmutableArray()),
        both => Means(both.Written) == Means(both.Shuffled));

    [Fact]
    public void The_order_of_entries_about_different_findings_does_not_matter() =>
        Check(
            from words in Gen.ArrayOf(GeneratedPolicy.Said, 4)
            from order in Gen.Shuffle([0, 1, 2, 3])
            let entries = words
                .Zip(
                    from account in (string[])["111111111111", "222222222222"]
                    from rule in (string[])["S3_*", "SNS_*"]
                    select (account, rule),
                    (w, m) =>
                        new GeneratedEntry(ImmutableSortedDictionary<string, string>.Empty.Add("account", m.account).Add("rule", m.rule), w)
                )
                .ToArray()
            select (Written: entries, Shuffled: order.Select(i => entries[i]).ToArray()),
            both => Means(both.Written) == Means(both.Shuffled));

    [Fact]
    public void Whatever_is_changed_under_a_policy_has_its_permission() =>
        Check(
            from entries in GeneratedPolicy.Entries
            from mode in Gen.Elements("observe", "observe", "auto")
            from used in Gen.Elements(
                "",
                "{match: {impact: [none, brief]}, mode: auto}",
                "{match: {playbook: s3/*}, mode: approve}",
                "{match: {impact: cost, service: s3}, mode: observe}")
            select GeneratedPolicy.Yaml(entries, mode) + (used is "" ? "" : $"  - {used}\n"),
            yaml =>
            {
                var policy = PolicyReader.Read("policy.yaml", yaml);
                var reach = new PolicyReach(policy);
                var changed = Subjects
                    .Where(IsOf)
                    .Select(s => (Subject: s, Chosen: Chosen(policy.For(s), s)))
                    .Where(x => x.Chosen is not null && policy.For(x.Subject with { Used = x.Chosen.Used }).Mode is not Mode.Observe)
                    .SelectMany(x => x.Chosen!.Recorded.Concat(x.Chosen.Wanted is { } wanted ? [wanted] : []))
                    .Distinct();
                return changed.All(p => reach.Changes(p) && reach.Reads(p));
            });

    [Fact]
    public void What_only_observes_does_so_whatever_the_tags_are() => Check(
        GeneratedPolicy.Entries,
        entries =>
        {
            var policy = PolicyReader.Read("policy.yaml", GeneratedPolicy.Yaml(entries));
            return Subjects.GroupBy(s => (s.Resource, s.RuleName)).All(same =>
                !policy.OnlyObserves(same.First() with { Tags = null }) || same.All(s => policy.For(s).Mode is Mode.Observe));
        });

    [Theory]
    [InlineData("{match: {tag: {Stage: dev}}, owner: a}", true)]
    [InlineData("{match: {tag: {Stage: dev}}, mode: observe}", true)]
    [InlineData("{match: {tag: {Stage: dev}}, mode: auto}", false)]
    [InlineData("{match: {resource-type: 'AWS::S3::*'}, mode: observe}, {match: {tag: {Stage: dev}}, mode: auto}", true)]
    [InlineData("{match: {tag: {Stage: dev}}, owner: a}, {match: {resource-type: 'AWS::S3::*'}, mode: approve}", false)]
    public void Whether_a_finding_is_only_observed_depends_on_the_entries_with_a_mode(string entries, bool only) =>
        Assert.Equal(only, PolicyReader.Read("policy.yaml", $"rules: [{entries}]").OnlyObserves(Subjects[0] with { Tags = null }));

    [Fact]
    public void Tags_that_are_not_read_would_have_changed_nothing() => Check(
        GeneratedPolicy.Entries,
        entries =>
        {
            var policy = PolicyReader.Read("policy.yaml", GeneratedPolicy.Yaml(entries));
            return Subjects.All(s => policy.LooksAtTags(s with { Tags = null }, DateTimeOffset.UnixEpoch)
                || Said(policy, s).SequenceEqual(Said(policy, s with { Tags = null })));
        });

    [Fact]
    public void Tags_are_not_read_for_words_that_an_entry_above_says_in_any_case()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            rules:
              - {match: {resource-type: 'AWS::S3::*'}, mode: auto, owner: storage}
              - {match: {tag: {Stage: dev}}, mode: observe}
            """);

        Assert.False(policy.LooksAtTags(Subjects[0] with { Tags = null }, DateTimeOffset.UnixEpoch));
        Assert.True(
            policy.LooksAtTags(Subjects.First(s => s.Resource.Type is "AWS::SNS::Topic") with { Tags = null }, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Every_setting_of_an_entry_can_be_shown()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            rules:
              - {match: {resource: a}, mode: auto, auto-up-to: none, owner: a, environment: b, severity: info, rollout: 1%, settle: 90s,
                confirm-within: 2h, to: wanted, escalate-to: {after: 4h, owner: c}, warn-before: 3d,
                 tags-from: stack, owned: ask, params: {a: 1}, undo-on: {of-stack: true}, trust-rule-parameters: true, security-hub: true,
                 playbook: s3/bucket-versioning}
            """);

        var told = EntryWords.Of(policy.Rules[0]).Select(w => w.Key is "params.a" ? "params" : w.Key);

        Assert.Equal(PolicySchema.Entry.Words.Select(w => w.Name).Where(n => n is not "match").Order(), told.Order());
    }

    [Fact]
    public void Event_is_compared_only_with_entries_that_name_it()
    {
        var entries =
            from n in Enumerable.Range(0, 4_000)
            select $"  - {{match: {{resource: 'bucket-{n}', rule: S3_*}}, owner: team-{n}}}\n";
        var index = new EntryIndex(
            PolicyReader.Read("policy.yaml", $"rules:\n{string.Concat(entries)}  - {{match: {{account: '1*'}}, severity: error}}\n").Rules);

        Assert.Equal(
            ["team-1234", null],
            index.About(Subjects[0] with { Resource = Subjects[0].Resource with { Id = "bucket-1234" } }).Select(e => e.Owner));
    }

    /// <summary>Members that the generator does not set get the schema's defaults.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Said(Policy policy, Subject subject)
    {
        var below = EntryWords.Of(policy.Defaults).ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);
        return EntryWords.Of(policy.For(subject))
            .Where(w => !(Defaulted.Contains(w.Key) && below.GetValueOrDefault(w.Key) == w.Value))
            .Where(w => w.Key is not "environment")
            .OrderBy(w => w.Key, StringComparer.Ordinal);
    }

    private static SortedDictionary<string, string> Expected(IReadOnlyList<GeneratedEntry> entries, Subject subject)
    {
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in entries.SelectMany(e => e.Words.Keys).Concat(["mode", "owner", "params.tags.Owner"]).Distinct())
        {
            var first = entries.FirstOrDefault(e => e.Words.ContainsKey(word) && e.Holds(subject))?.Words[word];
            var value = first ?? word switch { "mode" => "observe", "owner" => "platform", "params.tags.Owner" => "nobody", _ => null };
            if (value is not null && !(word, value).Equals(("settle", "0s")) && !(word, value).Equals(("to", "wanted")))
            {
                said[word] = value;
            }
        }

        return said;
    }

    private static string Means(IEnumerable<GeneratedEntry> entries)
    {
        var policy = PolicyReader.Read("policy.yaml", GeneratedPolicy.Yaml(entries));
        return string.Join('\n', Subjects.Select(s => string.Join(' ', Said(policy, s))));
    }

    /// <summary>The entries without the settings that an earlier one already has.</summary>
    private static ImmutableArray<GeneratedEntry> Apart(ImmutableArray<GeneratedEntry> entries) =>
    [
        .. entries.Select((e, i) => e with { Words = e.Words.RemoveRange(entries[..i].SelectMany(before => before.Words.Keys)) })
            .Select(e => e.Words.IsEmpty ? e with { Words = e.Words.Add("environment", "test") } : e),
    ];

    /// <summary>AWS's rules evaluate their own types only.</summary>
    private static bool IsOf(Subject s) =>
        s.ManagedIdentifier is "" || ManagedRule.All[s.ManagedIdentifier].Types.Contains(s.Resource.Type);

    private static Choice.One? Chosen(PolicyEntry entry, Subject subject)
    {
        var rule = new ConfigRule(
            subject.RuleName,
            "arn",
            subject.ManagedIdentifier is "" ? "CUSTOM_LAMBDA" : "AWS",
            subject.ManagedIdentifier is "" ? "f" : subject.ManagedIdentifier,
            Json.EmptyObject);
        var rollback = new RollbackPolicy(TimeSpan.FromDays(30), TimeSpan.Zero);
        return new PlaybookChoice(Library, rollback).Choose(entry, rule, subject.Resource.Type) as Choice.One;
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(values.ToArbitrary(), holds).Check(Samples.Cases(100));
}
