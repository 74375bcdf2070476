using System.Text.Json;
using Remediator.Cli;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary><c>remediator test</c> with a playbook that a person wrote, and its case beside it.</summary>
[Trait("Category", "Emulator")]
public sealed class PlaybookTestTests : IDisposable
{
    private const string Playbook = """
        summary: Turns versioning on for the buckets that our own rule finds.
        rules: [our-versioning]
        resource: AWS::S3::Bucket
        impact: cost
        read:
          call: s3:GetBucketVersioning
          with: {Bucket: "${resource.id}"}
          take: "{Status: Status || 'Suspended'}"
          gone-on: NoSuchBucket
        want: {Status: Enabled}
        write:
          call: s3:PutBucketVersioning
          with: {Bucket: "${resource.id}", VersioningConfiguration: "${target}"}
        manual: |
          Open the bucket's Properties tab and turn Bucket Versioning on.
        """;

    private const string Write = """
        write:
          call: s3:PutBucketVersioning
          with: {Bucket: "${resource.id}", VersioningConfiguration: "${target}"}
        """;

    private const string WriteAndMore = """
        write:
          - call: s3:PutBucketVersioning
            with: {Bucket: "${resource.id}", VersioningConfiguration: "${target}"}
          - call: s3:PutBucketTagging
            with: {Bucket: "${resource.id}", Tagging: {TagSet: [{Key: team, Value: red}]}}
        """;

    private const string Case = """
        rule: our-versioning
        seed:
          - call: s3:CreateBucket
            with: {Bucket: "mine-${account.id}"}
          - call: s3:PutBucketTagging
            with: {Bucket: "mine-${account.id}", Tagging: {TagSet: [{Key: team, Value: blue}]}}
        resource: {type: AWS::S3::Bucket, id: "mine-${account.id}"}
        check:
          - call: s3:GetBucketVersioning
            with: {Bucket: "mine-${account.id}"}
            take: Status || 'Suspended'
            equals: Enabled
        unrelated:
          - call: s3:GetBucketTagging
            with: {Bucket: "mine-${account.id}"}
            take: TagSet
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Playbook_of_a_person_is_fixed_read_back_repeated_and_undone()
    {
        var (code, answer) = await TestAsync(Playbook, Case);

        Assert.True(code == 0, answer.GetRawText());
        var steps = Steps(answer);
        Assert.Equal(
            ["drift", "fix", "check", "neighbours", "repeat", "undo", "back", "state", "neighbours-after-undo", "notices"],
            steps.Select(s => s.TextOf("step")));
        Assert.Equal(
            ["s3:PutBucketVersioning", "s3:PutBucketVersioning"],
            steps.SelectMany(s => s.Member("calls").EnumerateArray()).Select(c => c.TextOf("operation")));
    }

    [Fact]
    public async Task Step_that_is_not_as_the_case_asks_ends_the_run_with_1()
    {
        var (code, answer) = await TestAsync(
            Playbook, Case.Replace("equals: Enabled", "equals: Locked", StringComparison.Ordinal));

        Assert.Equal(1, code);
        var last = Steps(answer)[^1];
        Assert.Equal(("check", "The case's own check reads \"Enabled\""), (last.TextOf("step"), last.TextOf("says")));
    }

    [Fact]
    public async Task Playbook_that_touches_what_is_beside_the_setting_is_caught()
    {
        var (code, answer) = await TestAsync(Playbook.Replace(Write, WriteAndMore, StringComparison.Ordinal), Case);

        Assert.Equal(1, code);
        Assert.Equal("neighbours", Steps(answer)[^1].TextOf("step"));
    }

    [Fact]
    public async Task Seed_that_fails_is_named_with_its_call()
    {
        var (code, answer) = await TestAsync(
            Playbook, Case.Replace("call: s3:CreateBucket", "call: s3:GetBucketVersioning", StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.StartsWith(
            "While the case's 'seed' makes the resource: s3:GetBucketVersioning",
            Steps(answer)[^1].TextOf("says"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stand_ins_and_known_differences_are_said_and_documented()
    {
        var (page, seen) = (JsonPage.Of("test"), new HashSet<string?>(StringComparer.Ordinal));
        foreach (var playbook in new[] { "elasticache/cluster-backup", "tags/batch-required-tags" })
        {
            var (code, output) = await RunAsync("test", playbook, "--json");
            Assert.True(code == 0, output);
            foreach (var path in JsonPage.Paths(Json.Parse(output)))
            {
                Assert.True(page.Find(path) is not null, $"docs/json.md does not say what '{path}' is.");
                seen.Add(page.Find(path));
            }
        }

        Assert.Empty(page.Promised.Except(seen));
    }

    [Fact]
    public async Task People_read_what_was_done_and_what_it_does_not_show()
    {
        var (code, output) = await RunAsync("test", "elasticache/cluster-backup");

        Assert.True(code == 0, output);
        Assert.Contains("differs: ~ SnapshotRetentionLimit: 1 -> 15", output, StringComparison.Ordinal);
        Assert.Contains("called: elasticache:ModifyCacheCluster", output, StringComparison.Ordinal);
        Assert.Contains("is answered by a document of the case, not by the emulator", output, StringComparison.Ordinal);
    }

    private static JsonElement[] Steps(JsonElement answer) =>
        [.. Assert.Single(answer.Member("cases").EnumerateArray()).Member("steps").EnumerateArray()];

    private async Task<(int Code, JsonElement Answer)> TestAsync(string playbook, string @case)
    {
        var file = Path.Combine(_folder.CreateSubdirectory("ours").FullName, "versioning.yaml");
        await File.WriteAllTextAsync(file, playbook);
        await File.WriteAllTextAsync(Path.ChangeExtension(file, null) + ".case.yaml", @case);
        var (code, output) = await RunAsync("test", file, "--json");
        return (code, Json.Parse(output));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var outside = new Outside(TextReader.Null, output, TextWriter.Null, _ => null, TimeProvider.System);
        return (await Application.RunAsync(arguments, outside, CancellationToken.None), output.ToString());
    }
}
