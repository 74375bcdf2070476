using FsCheck;
using FsCheck.Fluent;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Tests.Decide;

/// <summary>Anchors and merge keys mean what they would written out.</summary>
public sealed class MergeKeyTests
{
    [Fact]
    public void Anchored_values_and_merged_words_count_as_if_they_were_written_out() => Assert.Equal(
        Meaning("""
            defaults: {owner: platform}
            rules:
              - {match: {rule: S3_*, account: '111111111111'}, mode: approve, owner: shop, rollout: 25%, params: {kmsKeyId: alias/a}}
              - {match: {rule: SNS_*, account: '111111111111'}, mode: auto, owner: shop, rollout: 25%, params: {kmsKeyId: alias/a}}
              - {match: {rule: SQS_*}, mode: auto, owner: shop, rollout: 50%}
            """),
        Meaning("""
            defaults: {owner: platform}
            rules:
              - &careful
                match: &where {rule: S3_*, account: &shop '111111111111'}
                mode: approve
                owner: shop
                rollout: 25%
                params: &key {kmsKeyId: alias/a}
              - <<: *careful
                match: {<<: *where, rule: SNS_*}
                mode: auto
              - {match: {rule: SQS_*}, <<: [&half {rollout: 50%}, {rollout: 75%, mode: auto, owner: shop}]}
            """));

    [Fact]
    public void What_is_merged_may_merge_and_the_mapping_nearest_counts() => Assert.Equal(
        Meaning("rules:\n  - {match: {rule: A_*}, mode: observe, owner: a}\n  - {match: {rule: B_*}, mode: observe, owner: b}\n"
            + "  - {match: {rule: C_*}, mode: auto, owner: b}\n"),
        Meaning("rules:\n  - &a {match: {rule: A_*}, mode: observe, owner: a}\n  - &b {<<: *a, match: {rule: B_*}, owner: b}\n"
            + "  - {<<: *b, mode: auto, match: {rule: C_*}}\n"));

    [Fact]
    public void Quoted_word_is_no_merge_key() =>
        Assert.Contains("unknown word '<<'", Fault("defaults: {'<<': {mode: observe}}"), StringComparison.Ordinal);

    [Fact]
    public void Word_that_is_merged_is_held_to_the_schema_with_the_place_where_it_stands()
    {
        var fault = Fault("defaults: {params: &tags {tags: {a: b}}}\nrules:\n  - {<<: *tags, match: {rule: S3_*}}");

        Assert.Contains("policy.yaml(1,", fault, StringComparison.Ordinal);
        Assert.Contains("unknown word 'tags'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_that_come_to_far_too_much_are_refused_before_they_are_written_out() => Assert.Equal(
        "policy.yaml(1,1): error PB001: with its anchors written out the file would have more than 1,000,000 values",
        Fault(string.Concat(Enumerable.Range(0, 9).Select(n =>
            $"e{n}: &e{n} [{string.Join(", ", Enumerable.Repeat(n == 0 ? "x" : $"*e{n - 1}", 9))}]\n"))));

    /// <summary>The root, a list of a thousand values with itself, and 998 of them: 999,002 with the list of them, and the rest.</summary>
    [Theory]
    [InlineData(997, false)]
    [InlineData(998, true)]
    public void A_million_values_are_taken_and_one_more_is_not(int more, bool isRefused)
    {
        var yaml = new YamlReader("policy.yaml");
        var thousand = $"a: &a [{string.Join(", ", Enumerable.Repeat("x", 999))}]\n";
        var root = yaml.Load(
            $"{thousand}b: [{string.Join(", ", Enumerable.Repeat("*a", 998))}]\nc: [{string.Join(", ", Enumerable.Repeat("x", more))}]\n")!;

        MergeKeys.Resolve(yaml, root);

        Assert.Equal(isRefused ? 1 : 0, yaml.Problems.Count);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Anchors_that_come_to_too_many_levels_are_refused(int levels, bool isRefused)
    {
        var chain = string.Concat(Enumerable.Range(1, levels - 1).Select(n => $"e{n}: &e{n} [{(n == 1 ? "x" : $"*e{n - 1}")}]\n"));

        Assert.Equal(
            isRefused ? ["policy.yaml(1,1): error PB001: with its anchors written out the file is nested deeper than 32 levels"] : [],
            PolicyReader.TryRead("policy.yaml", chain).Problems.Where(p => p.Code is "PB001").Select(p => p.ToString()));
    }

    [Fact]
    public void Entries_whose_words_are_merged_mean_the_same() => Prop.ForAll(
        GeneratedPolicy.Entries.ToArbitrary(),
        entries =>
        {
            var plain = GeneratedPolicy.Yaml(entries);
            var merged = plain.Split('\n').Select(line =>
                line.StartsWith("  - {match:", StringComparison.Ordinal) ? $"  - {{<<: {line[4..]}}}" : line);
            return Meaning(plain) == Meaning(string.Join('\n', merged));
        }).Check(Samples.Cases(100));

    private static string Meaning(string yaml) => PolicyMeaning.Of(PolicyReader.Read("policy.yaml", yaml));

    private static string Fault(string yaml) => string.Join('\n', PolicyReader.TryRead("policy.yaml", yaml).Problems);
}
