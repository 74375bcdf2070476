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
}
