using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws;
using Remediator.Tests.Aws.Conformance;

namespace Remediator.Tests.Aws;

public sealed class MalformedResponseTests
{
    private const string Xml =
        "<?xml version=\"1.0\"?><R xmlns=\"u\"><reservationSet><item><instancesSet><item><launchTime>2020-01-01T00:00:00Z</launchTime>"
        + "<ebsOptimized>true</ebsOptimized><tagSet><item><key>k</key><value>v</value></item></tagSet></item></instancesSet></item>"
        + "</reservationSet><Error><Code>C</Code><Message>M</Message></Error></R>";
    private const string Json =
        """{"__type":"ns#Code","message":"m","Item":{"pk":{"S":"a","M":{"x":{"L":[{"N":"1"}]}}}},"Timeout":3"""
        + ""","Environment":{"Variables":{"a":"b"}}}""";

    [Theory]
    [InlineData("ec2:DescribeInstances", "{}", Xml)]
    [InlineData("iam:GetAccountSummary", "{}", Xml)]
    [InlineData("s3:GetBucketLifecycleConfiguration", """{"Bucket":"b-b"}""", Xml)]
    [InlineData("s3:GetBucketLocation", """{"Bucket":"b-b"}""", Xml)]
    [InlineData("s3:ListObjectsV2", """{"Bucket":"b-b"}""", "<R><EncodingType>url</EncodingType><Contents><Key>%zz+a</Key></Contents></R>")]
    [InlineData("dynamodb:GetItem", """{"TableName":"t","Key":{"pk":{"S":"a"}}}""", Json)]
    [InlineData("lambda:GetFunctionConfiguration", """{"FunctionName":"f"}""", Json)]
    [InlineData(
        "iam:CreateAccountAlias",
        """{"AccountAlias":"a-b-c"}""",
        "<R><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></R>"
    )]
    [InlineData(
        "iam:GetRolePolicy",
        """{"RoleName":"r","PolicyName":"p"}""",
        "<R><GetRolePolicyResult><PolicyDocument>%7B%22a%22%3A1</PolicyDocument></GetRolePolicyResult></R>"
    )]
    public void Every_response_gives_an_output_or_the_clients_own_exception(string operation, string input, string body)
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            AnswerAsync(operation, input, Damage(body, seed), seed).GetAwaiter().GetResult());

        FsCheck.Check.One(Samples.Cases(150), property);
    }

    [Theory]
    [InlineData("ec2:DescribeInstances", "<a>")]
    [InlineData("dynamodb:GetItem", "[")]
    [InlineData("dynamodb:GetItem", """{"Item":{"pk":{"M":{"x":""")]
    public async Task Too_deep_nesting_is_refused(string operation, string step)
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(step, 50_000)));
        var input = operation == "ec2:DescribeInstances" ? "{}" : """{"TableName":"t","Key":{"pk":{"S":"a"}}}""";

        await AnswerAsync(operation, input, body, seed: 0);
    }

    [Fact]
    public async Task An_entity_of_the_response_is_never_expanded()
    {
        var body = Encoding.UTF8.GetBytes(
            """<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><R><GetAccountSummaryResult>&e;</GetAccountSummaryResult></R>""");
        using var client = NewClient(new CannedWire(new CannedAnswer(200, [], body)));

        var fault = await Assert.ThrowsAsync<AwsException>(
            () => client.CallAsync("iam:GetAccountSummary", default, CancellationToken.None));

        Assert.Equal("MalformedResponse", fault.Code);
    }

    private static async Task AnswerAsync(string operation, string input, byte[] body, int seed)
    {
        var status = new[] { 200, 400, 500, 301 }[seed % 4];
        using var client = NewClient(new CannedWire(new CannedAnswer(status, [], body)));
        try
        {
            await client.CallAsync(operation, JsonElement.Parse(input), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (AwsException)
        {
            // The only exception that is allowed.
        }
    }

    private static byte[] Damage(string body, int seed)
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(body).ToList();
        for (var i = random.Next(6); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes("</>&;\"{}[],:\0"[random.Next(13)].ToString()));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at - 1));
                    break;
            }
        }

        return [.. bytes];
    }

    private static AwsClient NewClient(CannedWire wire) =>
        new(new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { HttpHandler = wire, MaxAttempts = 1 });
}
