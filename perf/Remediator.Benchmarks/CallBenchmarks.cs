using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Benchmarks;

/// <summary>Whole calls to a service on the loopback interface, compared with the same calls through the SDK's packages.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class CallBenchmarks : IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("AKIAIOSFODNN7EXAMPLE", "secret");
    private readonly List<IDisposable> open = [];
    private Remote s3 = null!;
    private Remote ec2 = null!;
    private Remote dynamo = null!;
    private AmazonS3Client sdkS3 = null!;
    private AmazonEC2Client sdkEc2 = null!;
    private AmazonDynamoDBClient sdkDynamo = null!;

    [GlobalSetup]
    public void Open()
    {
        (s3, ec2, dynamo) = (Serve(WireProtocol.RestXml), Serve(WireProtocol.Ec2Query), Serve(WireProtocol.AwsJson));
        sdkS3 = new(Credentials, new AmazonS3Config { ServiceURL = s3.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        sdkEc2 = new(Credentials, new AmazonEC2Config { ServiceURL = ec2.Url, AuthenticationRegion = "us-east-1" });
        sdkDynamo = new(Credentials, new AmazonDynamoDBConfig { ServiceURL = dynamo.Url, AuthenticationRegion = "us-east-1" });
        open.AddRange([sdkS3, sdkEc2, sdkDynamo]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        open.ForEach(one => one.Dispose());
        open.Clear();
        GC.SuppressFinalize(this);
    }

    [BenchmarkCategory("s3:GetBucketEncryption"), Benchmark(Baseline = true, Description = "AWSSDK.S3")]
    public Task<GetBucketEncryptionResponse> SdkS3() =>
        sdkS3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = "my-bucket" });

    [BenchmarkCategory("s3:GetBucketEncryption"), Benchmark(Description = "Remediator.Aws")]
    public Task<JsonElement> OursS3() => s3.CallAsync();

    [BenchmarkCategory("ec2:DescribeSecurityGroups"), Benchmark(Baseline = true, Description = "AWSSDK.EC2")]
    public Task<DescribeSecurityGroupsResponse> SdkEc2() =>
        sdkEc2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = ["sg-903004f8", "sg-903004f9"] });

    [BenchmarkCategory("ec2:DescribeSecurityGroups"), Benchmark(Description = "Remediator.Aws")]
    public Task<JsonElement> OursEc2() => ec2.CallAsync();

    [BenchmarkCategory("dynamodb:GetItem"), Benchmark(Baseline = true, Description = "AWSSDK.DynamoDBv2")]
    public Task<GetItemResponse> SdkDynamo() => sdkDynamo.GetItemAsync(new GetItemRequest
    {
        TableName = "journal",
        Key = new() { ["pk"] = new AttributeValue { S = "resource#1" }, ["sk"] = new AttributeValue { S = "lease" } },
        ConsistentRead = true,
    });

    [BenchmarkCategory("dynamodb:GetItem"), Benchmark(Description = "Remediator.Aws")]
    public Task<JsonElement> OursDynamo() => dynamo.CallAsync();

    private Remote Serve(WireProtocol protocol)
    {
        var sample = Samples.All[protocol];
        var stub = new LoopbackStub(sample.ContentType, sample.Answer);
        var client = new AwsClient(Credentials, "us-east-1", new AwsClientOptions { Endpoints = AwsEndpointSettings.At(stub.Url) });
        open.AddRange([client, stub]);
        return new Remote(client, sample, stub.Url.AbsoluteUri);
    }

    // The input is parsed each time, as the SDK's request is built each time.
    private sealed record Remote(AwsClient Client, Sample Sample, string Url)
    {
        public Task<JsonElement> CallAsync() => Client.CallAsync(Sample.Operation, JsonElement.Parse(Sample.Input), CancellationToken.None);
    }
}
