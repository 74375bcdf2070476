using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Tests.Aws.Conformance;

namespace Remediator.Tests.Aws;

public sealed class S3Tests
{
    private static readonly CannedAnswer Policy = Answer(200, "{}");

    [Fact]
    public async Task A_buckets_region_is_learnt_once_and_remembered()
    {
        var wire = new CannedWire(Answer(301, "<Error><Code>PermanentRedirect</Code></Error>", "eu-west-1"), Policy);
        using var client = NewClient(wire);

        await client.CallAsync("s3:GetBucketPolicy", JsonElement.Parse("""{"Bucket":"my-bucket"}"""), CancellationToken.None);
        await client.CallAsync("s3:GetBucketPolicy", JsonElement.Parse("""{"Bucket":"my-bucket"}"""), CancellationToken.None);

        Assert.Equal(
            ["my-bucket.s3.us-east-1.amazonaws.com", "my-bucket.s3.eu-west-1.amazonaws.com", "my-bucket.s3.eu-west-1.amazonaws.com"],
            wire.Sent.Select(request => request.Host.Replace("s3.amazonaws", "s3.us-east-1.amazonaws", StringComparison.Ordinal)));
        Assert.Contains("/eu-west-1/s3/", wire.Sent[1].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_once_and_no_more()
    {
        var wire = new CannedWire(
            Answer(301, "<Error><Code>PermanentRedirect</Code></Error>", "eu-west-1"), Answer(
                301, "<Error><Code>PermanentRedirect</Code></Error>", "eu-west-2"));
        using var client = NewClient(wire);

        var fault = await Assert.ThrowsAsync<AwsException>(() =>
            client.CallAsync("s3:GetBucketPolicy", JsonElement.Parse("""{"Bucket":"my-bucket"}"""), CancellationToken.None));

        Assert.Equal("PermanentRedirect", fault.Code);
        Assert.Equal(2, wire.Sent.Count);
    }

    [Fact]
    public async Task An_error_inside_a_200_is_an_error()
    {
        var wire = new CannedWire(
            Answer(200, """<?xml version="1.0" encoding="UTF-8"?> <Error><Code>SlowDown</Code><Message>later</Message></Error>"""));
        using var client = NewClient(wire);

        var fault = await Assert.ThrowsAsync<AwsException>(() =>
            client.CallAsync(
                "s3:CopyObject",
                JsonElement.Parse("""{"Bucket":"b-b","Key":"k","CopySource":"b-b/ä ö?versionId=1"}"""),
                CancellationToken.None));

        Assert.Equal(("SlowDown", AwsFault.Transient), (fault.Code, fault.Fault));
        Assert.Equal("b-b/%C3%A4%20%C3%B6?versionId=1", wire.Sent[0].Headers["x-amz-copy-source"]);
    }

    [Fact]
    public async Task The_errors_of_single_keys_are_data()
    {
        var wire = new CannedWire(Answer(200, "<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code></Error></DeleteResult>"));
        using var client = NewClient(wire);

        var output = await client.CallAsync(
            "s3:DeleteObjects", JsonElement.Parse("""{"Bucket":"b-b","Delete":{"Objects":[{"Key":"k\r"}]}}"""), CancellationToken.None);

        Assert.Equal("AccessDenied", output.GetProperty("Errors")[0].GetProperty("Code").GetString());
        Assert.Contains("<Key>k&#xD;</Key>", System.Text.Encoding.UTF8.GetString(wire.Sent[0].Body), StringComparison.Ordinal);
        Assert.NotEmpty(wire.Sent[0].Headers["x-amz-checksum-crc32"]);
    }

    [Theory]
    [InlineData("<LocationConstraint/>", "us-east-1")]
    [InlineData("<LocationConstraint>EU</LocationConstraint>", "eu-west-1")]
    [InlineData("<LocationConstraint>eu-central-1</LocationConstraint>", "eu-central-1")]
    public async Task A_buckets_location_is_its_region(string body, string region)
    {
        using var client = NewClient(new CannedWire(Answer(200, body)));

        var output = await client.CallAsync("s3:GetBucketLocation", JsonElement.Parse("""{"Bucket":"b-b"}"""), CancellationToken.None);

        Assert.Equal(region, output.GetProperty("LocationConstraint").GetString());
    }

    [Theory]
    [InlineData("my.dotted.bucket", "s3.eu-west-1.amazonaws.com", "/my.dotted.bucket")]
    [InlineData("my-bucket", "my-bucket.s3.eu-west-1.amazonaws.com", "/")]
    public async Task Buckets_stand_in_the_host_where_they_can(string bucket, string host, string path)
    {
        var wire = new CannedWire(Policy);
        using var client = NewClient(wire, "eu-west-1");

        await client.CallAsync("s3:GetBucketPolicy", JsonElement.Parse($$"""{"Bucket":"{{bucket}}"}"""), CancellationToken.None);

        Assert.Equal((host, path), (wire.Sent[0].Host, wire.Sent[0].Path));
    }

    private static AwsClient NewClient(CannedWire wire, string region = "us-east-1") =>
        new(new BasicAWSCredentials("key", "secret"), region, new AwsClientOptions { HttpHandler = wire, MaxAttempts = 1 });

    private static CannedAnswer Answer(int status, string body, string? bucketRegion = null) =>
        new(status, bucketRegion is null ? [] : new() { ["x-amz-bucket-region"] = bucketRegion }, System.Text.Encoding.UTF8.GetBytes(body));
}
