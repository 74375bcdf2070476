using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class ParsedArnTests
{
    [Fact]
    public void Arn_is_split_into_its_parts()
    {
        var arn = ParsedArn.Parse("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:mine")!;

        Assert.Equal(("aws-cn", "s3", "cn-north-1", "123456789012"), (arn.Partition, arn.Service, arn.Region, arn.AccountId));
        Assert.Equal(["accesspoint", "mine"], arn.ResourceId);
    }

    [Theory]
    [InlineData("arn:aws:s3:::bucket", "bucket")]
    [InlineData("arn:aws:iam::123456789012:role/path/name", "role|path|name")]
    [InlineData("arn:aws:dynamodb:us-east-1:1:table/t/index/i:x", "table|t|index|i|x")]
    [InlineData("arn:aws:x:r:a:accesspoint:", "accesspoint|")]
    [InlineData("arn:aws:x:r:a::name", "|name")]
    [InlineData("arn:aws:x:r:a:a//b", "a||b")]
    public void The_resource_splits_at_colons_and_slashes(string text, string parts) =>
        Assert.Equal(parts.Split('|'), ParsedArn.Parse(text)!.ResourceId);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("arn")]
    [InlineData("bucket")]
    [InlineData("arn:aws:s3")]
    [InlineData("arn:aws:s3:::")]
    [InlineData("arn::s3:::bucket")]
    [InlineData("arn:aws::::bucket")]
    [InlineData("ARN:aws:s3:::bucket")]
    [InlineData("urn:aws:s3:::bucket")]
    public void What_lacks_a_part_is_no_arn(string? text) => Assert.Null(ParsedArn.Parse(text));

    [Theory]
    [InlineData("resourceId[0]", "accesspoint")]
    [InlineData("resourceId[1]", "mine")]
    [InlineData("resourceId[2]", null)]
    [InlineData("accountId", "123456789012")]
    [InlineData("accountId[0]", null)]
    [InlineData("nothing", null)]
    [InlineData("nothing[0]", null)]
    [InlineData("nothing.more", null)]
    public void Parts_are_read_by_path(string path, string? value) =>
        Assert.Equal(value, new AttributePath(path).Read(ParsedArn.Parse("arn:aws:s3:eu-west-1:123456789012:accesspoint/mine")));

    [Fact]
    public void A_path_may_be_an_index_alone()
    {
        Assert.Equal("b", new AttributePath("[1]").Read(new[] { "a", "b" }));
        Assert.Null(new AttributePath("[2]").Read(new[] { "a", "b" }));
        Assert.Null(new AttributePath("[0]").Read(null));
    }
}
