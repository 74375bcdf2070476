using Remediator.Decide;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>The entries that an event is held against: all that may be about it, in the order of the file, and few others.</summary>
public sealed class EntryIndexTests
{
    private static readonly Subject Bucket = new(Some.Bucket("logs"), "our-rule", "S3_BUCKET_VERSIONING_ENABLED");

    [Fact]
    public void Entries_that_may_be_about_a_subject_come_in_the_order_of_the_file() => Assert.Equal(
        "1 3 4 5 6 7 8 9",
        About(
            "{resource: logs}",
            "{resource: other}",
            "{resource: log*}",
            "{rule: S3_BUCKET_VERSIONING_ENABLED}",
            "{rule-name: our-rule}",
            "{account: '123456789012'}",
            "{resource-type: 'AWS::S3::Bucket'}",
            "{region: us-east-1}",
            "{tag: {Stage: dev}}",
            "{rule: SNS_ENCRYPTED_KMS}",
            "{rule-name: their-rule}",
            "{account: '222222222222'}",
            "{resource-type: 'AWS::SNS::Topic'}",
            "{region: eu-west-1}"));

    [Fact]
    public void Entry_is_found_by_each_of_the_values_that_it_names() =>
        Assert.Equal("1 2", About("{resource: [other, logs]}", "{resource: [logs, logs]}", "{resource: [other, another]}"));

    [Fact]
    public void Entry_is_found_by_the_word_that_fewest_entries_name() => Assert.Equal(
        "3", About("{account: '123456789012', resource: a}", "{account: '123456789012', resource: b}", "{account: '123456789012'}"));

    [Fact]
    public void Pattern_beside_a_name_and_a_name_with_a_backslash_are_looked_at_in_any_case() => Assert.Equal(
        "1 2 3 4", About("{resource: [other, x*]}", "{resource: 'other?'}", "{resource: 'a\\*'}", "{resource: logs}"));

    [Fact]
    public void Without_names_all_entries_are_looked_at() => Assert.Equal("1 2", About("{resource: a*}", "{tag: {a: b}}"));

    [Theory]
    [InlineData("{resource: logs}", "1 3 4")]
    [InlineData("{resource: other}", "2 3 4")]
    [InlineData("{resource: [logs, other]}", "1 3 4")]
    [InlineData("{rule-name: our-rule}", "3 4 5")]
    [InlineData("{region: eu-west-1}", "3 4")]
    public void Entries_that_may_cover_a_match_are_those_that_name_the_same_or_nothing(string match, string entries)
    {
        var index = Index("{resource: logs}", "{resource: other}", "{resource: log*}", "{tag: {a: b}}", "{rule-name: our-rule}");

        var about = PolicyReader.Read("policy.yaml", $"rules: [{{match: {match}, mode: auto}}]").Rules[0].Match;

        Assert.Equal(entries, string.Join(' ', index.MayCover(about).Select(i => i + 1)));
    }

    private static string About(params string[] matches) => string.Join(' ', Index(matches).About(Bucket).Select(e => e.Owner));

    private static EntryIndex Index(params string[] matches) => new(
        PolicyReader.Read(
            "policy.yaml", $"rules:\n{string.Concat(matches.Select((m, i) => $"  - {{match: {m}, owner: '{i + 1}'}}\n"))}").Rules);
}
