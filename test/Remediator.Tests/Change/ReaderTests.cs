using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

public sealed class ReaderTests
{
    [Fact]
    public async Task Item_that_is_absent_is_left_out_and_the_others_are_read()
    {
        var playbook = PlaybookReader.Read("s3/there", "there.yaml", """
            summary: Reads which buckets are there.
            rules: []
            resource: AWS::S3::Bucket
            impact: none
            read:
              call: s3:GetBucketLocation
              for-each: "['gone', 'there']"
              with: {Bucket: "${item}"}
              take: ${item}
              absent-on: NoSuchBucket
            want: []
            write: {call: "s3:DeleteBucket", with: {Bucket: "${resource.id}"}}
            manual: Look.
            """);
        var aws = new FakeAws().On("s3:GetBucketLocation", input => input.TextOf("Bucket") is "gone"
            ? throw FakeAws.Error("s3:GetBucketLocation", "NoSuchBucket", 404)
            : Json.EmptyObject);

        var reading = await Reader.ReadAsync(playbook.Steps[0].Read, Scope.Empty, aws.For(FakeAws.Account, FakeAws.Region), default);

        Assert.Equal("""["there"]""", reading.State.GetRawText());
    }

    [Fact]
    public async Task Pages_are_read_as_one_answer_and_queries_by_their_names()
    {
        var step = Read("""
            read:
              - {as: one, call: x:List, take: "[Items, Count]"}
              - {as: two, call: x:Get, take: Setting}
            """);

        var reading = await Reader.ReadAsync(step.Read, Scope.Empty, new Paged(
            """{"Items":[1],"Count":1,"Last":[9]}""", """{"Items":[2,3],"Count":2,"Last":"none","Setting":"s"}"""), default);

        Assert.Equal("""{"one":[[1,2,3],2],"two":"s"}""", reading.State.GetRawText());
        Assert.Equal(
            """{"Items":[1,2,3],"Count":2,"Last":"none","Setting":"s"}""", reading.Output.Member("two").GetRawText());
    }

    [Theory]
    [InlineData("state.none", "[]")]
    [InlineData("'text'", "[]")]
    [InlineData("['a', 'b']", """["a","b"]""")]
    public async Task Call_is_made_for_each_item_of_a_list_and_for_nothing_else(string each, string state)
    {
        var step = Read($$"""
            read: {call: x:Get, for-each: "{{each}}", take: "${item}"}
            """);

        Assert.Equal(state, (await Reader.ReadAsync(step.Read, Scope.Empty, new Paged("{}"), default)).State.GetRawText());
    }

    [Theory]
    [InlineData("['a', 'b']", "x:Write a x:Write b")]
    [InlineData("state.none", "")]
    [InlineData("'text'", "")]
    public void Write_is_made_for_each_item_of_a_list_and_for_nothing_else(string each, string calls)
    {
        var step = Read(
            """read: {call: x:Read, take: Setting}""", $$$"""{call: x:Write, for-each: "{{{each}}}", with: {Item: "${item}"}}""");

        var ready = CallTemplates.Ready(step.Write, Scope.Empty).Select(c => $"{c.Planned.Operation} {c.Planned.Input.TextOf("Item")}");

        Assert.Equal(calls, string.Join(' ', ready));
    }

    private static Step Read(string read, string write = "{call: x:Write}") => PlaybookReader.Read("x/one", "x/one.yaml", $"""
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        {read}
        want: 1
        write: {write}
        """).Steps[0];

    private sealed class Paged(params string[] pages) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            throw new InvalidOperationException(operation);

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var page in pages)
            {
                await Task.Yield();
                yield return Json.Parse(page);
            }
        }
    }
}
