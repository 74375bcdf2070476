using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Aws;

[Trait("Category", "Emulator")]
public sealed partial class ServiceTourTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    public static TheoryData<string, string, string, string, string> Stops => ServiceTour.Stops;

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task What_is_written_to_a_service_can_be_read_back(string write, string input, string read, string where, string holds)
    {
        var written = await CallAsync(write, await WithSurroundingsAsync(input));

        var output = await CallAsync(read, Filled(where, written));

        Assert.Contains(holds, output.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_assumed_and_its_credentials_act_in_its_account()
    {
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(emulator.Url) };
        using var sts = new StsCredentialsSource(own, "us-east-1", options);
        using var accounts = new AwsAccounts(own, new AccountAccess("123456789012", "fixer", new("session")), sts, options);

        var identity = await accounts.For("222222222222", "us-east-1").CallAsync("sts:GetCallerIdentity", default, CancellationToken.None);

        Assert.Equal("222222222222", identity.GetProperty("Account").GetString());
    }

    [Fact]
    public async Task What_is_not_there_is_told_by_its_code()
    {
        var fault = await Assert.ThrowsAsync<AwsException>(() => CallAsync("s3:GetBucketPolicy", """{"Bucket":"nobodys-bucket"}"""));

        Assert.Equal(("NoSuchBucket", 404), (fault.Code, fault.Status));
    }

    [Fact]
    public async Task The_policy_document_of_a_role_is_json()
    {
        await RoleAsync("documented");

        var role = await CallAsync("iam:GetRole", """{"RoleName":"documented"}""");

        Assert.Equal("2012-10-17", role.GetProperty("Role").GetProperty("AssumeRolePolicyDocument").GetProperty("Version").GetString());
    }

    private Task<JsonElement> CallAsync(string operation, string input) =>
        emulator.Aws.CallAsync(operation, JsonElement.Parse(input), CancellationToken.None);

    private async Task<string> WithSurroundingsAsync(string input)
    {
        if (input.Contains("«Role»", StringComparison.Ordinal))
        {
            return input.Replace("«Role»", await RoleAsync($"r{Guid.NewGuid():N}"), StringComparison.Ordinal);
        }

        if (input.Contains("«Bucket»", StringComparison.Ordinal))
        {
            await CallAsync("s3:CreateBucket", """{"Bucket":"tour-bucket-of-trail"}""");
            return input.Replace("«Bucket»", "tour-bucket-of-trail", StringComparison.Ordinal);
        }

        if (input.Contains("«VpcId»", StringComparison.Ordinal))
        {
            var vpcs = await CallAsync("ec2:DescribeVpcs", "{}");
            return input.Replace("«VpcId»", vpcs.GetProperty("Vpcs")[0].GetProperty("VpcId").GetString(), StringComparison.Ordinal);
        }

        return input;
    }

    private async Task<string> RoleAsync(string name)
    {
        var role = await CallAsync(
            "iam:CreateRole", $$"""{"RoleName":"{{name}}","AssumeRolePolicyDocument":"{{ServiceTour.TrustPolicy}}"}""");
        return role.GetProperty("Role").GetProperty("Arn").GetString()!;
    }

    private static string Filled(string input, JsonElement written) => Place().Replace(input, place =>
        place.Groups[1].Value.Split('.').Aggregate(written, (element, name) => element.GetProperty(name)).GetString()!);

    [GeneratedRegex("«([^»]+)»")]
    private static partial Regex Place();
}
