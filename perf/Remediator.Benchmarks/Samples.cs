using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws.Models;
using Remediator.Decide;

namespace Remediator.Benchmarks;

/// <summary>A typical operation of each protocol: its request and its response.</summary>
internal static class Samples
{
    public static readonly Dictionary<WireProtocol, Sample> All = new()
    {
        [WireProtocol.AwsJson] = new(
            "dynamodb:GetItem",
            "application/x-amz-json-1.0",
            """{"TableName":"journal","Key":{"pk":{"S":"resource#1"},"sk":{"S":"lease"}},"ConsistentRead":true}""",
            """{"Item":{"pk":{"S":"resource#1"},"sk":{"S":"lease"},"fence":{"N":"17"},"until":{"N":"1700000000"},"owners":{"L":["""
            + """{"S":"a"},{"S":"b"}]},"state":{"M":{"plan":{"S":"applied"},"step":{"N":"2"}}}}}"""
        ),
        [WireProtocol.AwsQuery] = new(
            "sns:SetTopicAttributes",
            "text/xml",
            """{"TopicArn":"arn:aws:sns:us-east-1:123456789012:alerts","AttributeName":"KmsMasterKeyId","""
            + """ "AttributeValue":"alias/aws/sns"}""",
            "<SetTopicAttributesResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><ResponseMetadata><RequestId>"
            + "a8763b99-33a7-11df-a9b7-05d48da6f042</RequestId></ResponseMetadata></SetTopicAttributesResponse>"
        ),
        [WireProtocol.Ec2Query] = new("ec2:DescribeSecurityGroups", "text/xml", """{"GroupIds":["sg-903004f8","sg-903004f9"]}""", Groups()),
        [WireProtocol.RestJson] = new(
            "lambda:GetFunctionConfiguration",
            "application/json",
            """{"FunctionName":"remediate"}""",
            """{"FunctionName":"remediate","FunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:remediate","""
            + """ "Runtime":"python3.12","Role":"arn:aws:iam::123456789012:role/r","Handler":"app.handler","CodeSize":1024,"Timeout":30,"""
            + """ "MemorySize":256,"LastModified":"2026-01-01T00:00:00.000+0000","VpcConfig":{"SubnetIds":["subnet-1","subnet-2"],"""
            + """ "SecurityGroupIds":["sg-1"],"VpcId":"vpc-1"},"Environment":{"Variables":{"A":"1","B":"2"}},"""
            + """ "TracingConfig":{"Mode":"Active"},"Architectures":["arm64"]}"""
        ),
        [WireProtocol.RestXml] = new(
            "s3:GetBucketEncryption",
            "application/xml",
            """{"Bucket":"my-bucket"}""",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServerSideEncryptionConfiguration "
            + "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>"
            + "aws:kms</SSEAlgorithm><KMSMasterKeyID>arn:aws:kms:us-east-1:123456789012:key/k</KMSMasterKeyID>"
            + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>"
        ),
    };

    private static string Groups()
    {
        var ranges = string.Concat(
            Enumerable.Range(0, 5).Select(i => $"<item><cidrIp>10.0.{i}.0/24</cidrIp><description>office {i}</description></item>"));
        var group =
            "<item><ownerId>123456789012</ownerId><groupId>sg-903004f8</groupId><groupName>web</groupName><groupDescription>of the "
            + "web</groupDescription><vpcId>vpc-1</vpcId>"
            + "<ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges>"
            + $"{ranges}</ipRanges><ipv6Ranges/><prefixListIds/></item></ipPermissions>"
            + "<tagSet><item><key>Name</key><value>web</value></item></tagSet></item>";
        return $"<DescribeSecurityGroupsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>1d62eae0</requestId>"
            + $"<securityGroupInfo>{group}{group}</securityGroupInfo></DescribeSecurityGroupsResponse>";
    }
}

internal sealed record Sample(string Operation, string ContentType, string Input, string Answer)
{
    public JsonElement Parsed { get; } = JsonElement.Parse(Input);
}
