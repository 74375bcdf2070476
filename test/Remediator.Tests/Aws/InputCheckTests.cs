using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class InputCheckTests
{
    [Theory]
    [InlineData(
        "s3:PutPublicAccessBlock",
        """{"Bucket":"b","PublicAccesBlockConfiguration":{}}""",
        "PublicAccesBlockConfiguration",
        "did you mean PublicAccessBlockConfiguration?"
    )]
    [InlineData("s3:PutPublicAccessBlock", """{"Bucket":"b"}""", "", "PublicAccessBlockConfiguration is required.")]
    [InlineData(
        "s3:PutPublicAccessBlock",
        """{"Bucket":"b","PublicAccessBlockConfiguration":{"BlockPublicAcls":"yes"}}""",
        "PublicAccessBlockConfiguration.BlockPublicAcls",
        "needs true or false, not the string \"yes\"."
    )]
    [InlineData(
        "s3:PutPublicAccessBlock",
        """{"Bucket":"b","PublicAccessBlockConfiguration":[]}""",
        "PublicAccessBlockConfiguration",
        "needs an object, not a list."
    )]
    [InlineData("s3:DeleteObject", """{"Bucket":"b","Key":""}""", "", "Key is part of the address and must not be empty.")]
    [InlineData("s3:DeleteObject", """{"Bucket":"b","Key":null}""", "", "Key is required.")]
    [InlineData(
        "lambda:GetPolicy",
        """{"FunctionName":".."}""",
        "",
        "FunctionName is part of the address, where '.' and '..' lead elsewhere."
    )]
    [InlineData("s3:GetBucketVersioning", """{"Bucket":".."}""", "", "Bucket is part of the address, where '.' and '..' lead elsewhere.")]
    [InlineData("s3:GetBucketVersioning", """{"Bucket":"."}""", "", "Bucket is part of the address, where '.' and '..' lead elsewhere.")]
    [InlineData("s3:DeleteObject", """{"Bucket":"b","Key":".."}""", "", "Key is part of the address, where '.' and '..' lead elsewhere.")]
    [InlineData(
        "ec2:RevokeSecurityGroupIngress",
        """{"IpPermissions":[{"FromPort":"22"}]}""",
        "IpPermissions[0].FromPort",
        "needs an integer, not the string \"22\"."
    )]
    [InlineData(
        "ec2:RevokeSecurityGroupIngress",
        """{"IpPermissions":[{},{"FromPort":2.5}]}""",
        "IpPermissions[1].FromPort",
        "needs an integer, not the number 2.5."
    )]
    [InlineData("ec2:CreateTags", """{"Resources":"i-1","Tags":[]}""", "Resources", "needs a list, not the string \"i-1\".")]
    [InlineData(
        "accessanalyzer:CreateAnalyzer",
        """{"analyzerName":"a","type":"ACCOUNT","configuration":{}}""",
        "configuration",
        "needs exactly one of "
    )]
    [InlineData(
        "dynamodb:GetItem",
        """{"TableName":"t","Key":{"pk":{"B":"not base64!"}}}""",
        "Key.pk.B",
        "needs a base64 string, not the string \"not base64!\"."
    )]
    [InlineData(
        "config:GetResourceConfigHistory",
        """{"resourceType":"AWS::S3::Bucket","resourceId":"b","earlierTime":"yesterday"}""",
        "earlierTime",
        "needs a time in ISO 8601 or epoch seconds"
    )]
    [InlineData("iam:GetAccountSummary", """{"UserName":"u"}""", "", "must be empty: the operation takes no input.")]
    [InlineData("s3:PutPublicAccesBlock", "{}", "", "did you mean PutPublicAccessBlock?")]
    [InlineData("s33:PutPublicAccessBlock", "{}", "", "did you mean s3?")]
    [InlineData("PutPublicAccessBlock", "{}", "", "one is named as service:Operation.")]
    public async Task What_the_model_refuses_is_told_with_its_place_and_never_sent(
        string operation, string input, string at, string problem)
    {
        using var client = new AwsClient(
            new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { HttpHandler = new NothingMayBeSent() });

        var refusal = await Assert.ThrowsAsync<AwsInputException>(
            async () => await client.CallAsync(operation, JsonElement.Parse(input), CancellationToken.None));

        Assert.Equal(operation, refusal.Operation);
        Assert.Equal(at, refusal.At);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class NothingMayBeSent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri} was sent.");
    }
}
