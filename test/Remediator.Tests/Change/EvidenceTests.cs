using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>What a person sees before approving: it is read at the time of asking, decides nothing, and holds no secret.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const string Name = "s3/with-evidence";
    private const string Ask = "s3:ListObjectsV2";
    private readonly string folder = Directory.CreateTempSubdirectory("playbooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Answers_are_in_the_notice_for_machines_and_in_the_journal()
    {
        await using var host = Host("approve", """{"Contents":[{"Key":"orders.csv"},{"Key":"users.csv"}]}""");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var asked = await host.SendAsync(change);

        string[] lines = ["What it holds: orders.csv", "What it holds: users.csv"];
        Assert.Equal(lines, (await host.IncidentOf(asked)).Change!.Evidence!.Lines);
        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(lines, notice.Member("evidence").EnumerateArray().Select(e => e.GetString()));
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Answers_stay_with_the_incident_after_the_change_they_were_shown_for()
    {
        await using var host = Host("approve", """{"Contents":[{"Key":"orders.csv"}]}""");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));

        Assert.Equal(["What it holds: orders.csv"], (await host.IncidentOf(asked)).Change!.Evidence!.Lines);
        Assert.Single(host.Calls, Ask);
    }

    [Theory]
    [InlineData("auto", "fixed")]
    [InlineData("observe", "observed")]
    public async Task Nobody_is_asked_and_nothing_is_read_for_it(string mode, string ends)
    {
        await using var host = Host(mode, "{}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        AssertOutcome(ends, await host.SendAsync(change));

        Assert.DoesNotContain(Ask, host.Calls);
    }

    [Fact]
    public async Task Defect_in_an_answer_does_not_hold_back_the_notice()
    {
        await using var host = Host("approve", "{}");
        host.Fake.On(Ask, _ => throw new InvalidOperationException("not foreseen"));
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var asked = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", asked);
        Assert.Equal(
            ["What it holds: could not be read: a defect in this program"], (await host.IncidentOf(asked)).Change!.Evidence!.Lines);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Repeated_notice_does_not_read_the_evidence_again()
    {
        await using var host = Host("approve", "{}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        await host.SendAsync(change);
        await host.SendAsync(change.Later(10));

        Assert.Single(host.Calls, Ask);
    }

    [Theory]
    [InlineData("Deny", "could not be read: s3:ListObjectsV2 was refused (AccessDenied)")]
    [InlineData("Throttle", "could not be read: s3:ListObjectsV2: SlowDown")]
    public async Task What_cannot_be_read_is_said_and_the_question_goes_out(string fault, string says)
    {
        await using var host = Host("approve", "{}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject(Ask, Enum.Parse<FaultKind>(fault));

        var asked = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", asked);
        Assert.StartsWith(
            $"What it holds: {says}", Assert.Single((await host.IncidentOf(asked)).Change!.Evidence!.Lines), StringComparison.Ordinal);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Change_that_failed_calls_a_person_with_what_is_known()
    {
        await using var host = Host("auto", """{"Contents":[{"Key":"orders.csv"}]}""");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);

        AssertOutcome("escalated", await host.SendAsync(change));

        Assert.Equal("What it holds: orders.csv", Assert.Single(await host.NoticesAsync()).Member("evidence")[0].GetString());
    }

    [Theory]
    [InlineData("""{"Contents":[]}""", "none")]
    [InlineData("{}", "none")]
    [InlineData("""{"Contents":[{"Key":"AKIAIOSFODNN7EXAMPLE"}]}""", "(a value)")]
    [InlineData(
        """{"Contents":[{"Key":"1"},{"Key":"2"},{"Key":"3"},{"Key":"4"},{"Key":"5"},{"Key":"6"},{"Key":"7"},{"Key":"8"},{"Key":"9"}]}""",
        "and 1 more"
    )]
    public async Task Answers_are_short_and_hide_what_looks_secret(string answer, string last)
    {
        await using var host = Host("approve", answer);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var lines = (await host.IncidentOf(await host.SendAsync(change))).Change!.Evidence!.Lines;

        Assert.Equal($"What it holds: {last}", lines.Last());
    }

    [Fact]
    public async Task Evidence_query_with_too_many_calls_is_stopped()
    {
        await using var host = Host("approve", "{}", "for-each: \"['1','2','3','4','5','6','7','8','9','10','11','12','13']\"");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var asked = await host.SendAsync(change);

        Assert.Equal(
            ["What it holds: could not be read: More than 12 calls would be needed."],
            (await host.IncidentOf(asked)).Change!.Evidence!.Lines);
        Assert.Equal(12, host.Calls.Count(c => c == Ask));
    }

    private InMemoryHost Host(string mode, string answer, string more = "")
    {
        var host = new InMemoryHost();
        host.Fake.On(Ask, answer);
        host.UsePlaybooks(Deploy(more));
        host.UsePolicyAsync($"defaults: {{mode: {mode}, owner: platform, environment: test}}").Wait();
        return host;
    }

    private string Deploy(string more)
    {
        var yaml = $$$"""
            summary: Blocks public access.
            rules: [S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED]
            resource: AWS::S3::Bucket
            impact: brief
            evidence:
              show: What it holds
              call: s3:ListObjectsV2
              with: {Bucket: '${resource.id}'}
              take: Contents[].Key || `[]`
              {{{more}}}
            read: {call: 's3:GetPublicAccessBlock', with: {Bucket: '${resource.id}'}, take: PublicAccessBlockConfiguration,
              absent-on: NoSuchPublicAccessBlockConfiguration}
            want: {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true}
            write: {call: 's3:PutPublicAccessBlock', with: {Bucket: '${resource.id}', PublicAccessBlockConfiguration: '${target}'}}
            clear: {call: 's3:DeletePublicAccessBlock', with: {Bucket: '${resource.id}'}}
            manual: By hand.
            """;
        Directory.CreateDirectory(Path.Combine(folder, "s3"));
        File.WriteAllText(Path.Combine(folder, Name + ".yaml"), yaml);
        File.WriteAllText(Path.Combine(folder, PlaybookLibrary.IndexFile), PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, yaml)]));
        return folder;
    }
}
