using System.Text.Json;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A plan that cannot be made ends with a clear reason, and a plan that would change nothing is not a plan.</summary>
public sealed class CrashedPlanTests : IDisposable
{
    private const string Versioning = """
        summary: Turns versioning on.
        rules: [S3_BUCKET_VERSIONING_ENABLED]
        resource: AWS::S3::Bucket
        impact: none
        read:
          call: s3:GetBucketVersioning
          with: {Bucket: "${resource.id}"}
          gone-on: NoSuchBucket
        want: {Status: "WANT"}
        write:
          call: s3:PutBucketVersioning
          when: "WHEN"
          with: {Bucket: "${resource.id}", VersioningConfiguration: "${target}"}
        manual: Turn it on.
        """;

    private readonly InMemoryHost host = new() { Machines = "arn:aws:sns:us-east-1:123456789012:machines" };

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task A_function_with_two_subnets_in_one_zone_gets_another_zone()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {subnetIds: [subnet-3]}}");
        var subnets = """["subnet-1","subnet-2"]""";
        host.Fake.On(
            "lambda:GetFunctionConfiguration", _ => OneEvent.Json($$$"""{"FunctionName":"f","VpcConfig":{"SubnetIds":{{{subnets}}}}}"""));
        host.Fake.On("ec2:DescribeSubnets", """
            {"Subnets":[{"SubnetId":"subnet-1","AvailabilityZone":"us-east-1a"},{"SubnetId":"subnet-2","AvailabilityZone":"us-east-1a"},
             {"SubnetId":"subnet-3","AvailabilityZone":"us-east-1b"}]}
            """);
        host.Fake.On("lambda:UpdateFunctionConfiguration", input =>
        {
            subnets = input.Member("VpcConfig").Member("SubnetIds").GetRawText();
            return OneEvent.Json("{}");
        });

        await host.EventAsync("LAMBDA_VPC_MULTI_AZ_CHECK", "AWS::Lambda::Function", "f");

        Assert.Equal("""["subnet-1","subnet-2","subnet-3"]""", subnets);
    }

    [Fact]
    public async Task A_bucket_policy_that_loses_its_last_statement_is_deleted()
    {
        string? policy = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:DeleteBucket",
             "Resource":"arn:aws:s3:::orders"}]}
            """;
        host.Fake.On("s3:GetBucketPolicy", _ => policy is null
            ? throw FakeAws.Error("s3:GetBucketPolicy", "NoSuchBucketPolicy", 404)
            : Json.Object([KeyValuePair.Create("Policy", Json.Text(policy))]));
        host.Fake.On("s3:DeleteBucketPolicy", _ =>
        {
            policy = null;
            return OneEvent.Json("{}");
        });

        var ended = await host.EventAsync(
            "S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED", "AWS::S3::Bucket", "orders", """{"blacklistedActionPattern":"s3:DeleteBucket"}""");

        Steps.AssertOutcome("fixed", ended);
        Assert.Equal("s3:DeleteBucketPolicy", Assert.Single(host.Made()).Operation);
    }

    [Fact]
    public async Task Difference_that_no_call_would_remove_is_refused()
    {
        var planning = await PlanAsync(
            Versioning
                .Replace("WANT", "Enabled", StringComparison.Ordinal)
                .Replace("WHEN", "target.Status == 'Suspended'", StringComparison.Ordinal));

        var refused = Assert.IsType<Planning.Refused>(planning);
        Assert.Equal(Reason.Unsupported, refused.Reason);
        Assert.Contains("no call", refused.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${split(state, ',')}", "'Status' of the playbook")]
    [InlineData("${parse_json('no json')}", "A text that must be JSON is not. It was needed for 'Status'")]
    [InlineData("a ${state.Missing}", "'Status' of the playbook")]
    public async Task Value_that_cannot_be_calculated_is_reported_without_offsets_and_paths(string want, string says)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() =>
            PlanAsync(Versioning.Replace("WANT", want, StringComparison.Ordinal).Replace("WHEN", "`true`", StringComparison.Ordinal)));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("offset", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".yaml", fault.Message, StringComparison.Ordinal);
        Assert.Equal(Reason.NotConfigured, Fault.Of(fault)!.Reason);
    }

    [Theory]
    [InlineData("from_items([['a', `1`], ['a', `2`]])", """{"a":2}""")]
    [InlineData("open_to_world([{IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0'}], [`22`])[].IpProtocol", """["tcp"]""")]
    [InlineData("after('x:autoScalingGroupName/team/web', 'autoScalingGroupName/')", "\"team/web\"")]
    [InlineData("after('web', 'autoScalingGroupName/')", "null")]
    [InlineData("url_decode('a%2Fb')", "\"a/b\"")]
    public void Functions_accept_AWSs_responses(string expression, string expected) =>
        Assert.Equal(expected, Expression.Parse(expression, default).Evaluate(Scope.Empty).GetRawText());

    private static async Task<Planning> PlanAsync(string yaml)
    {
        var aws = new FakeAws().On("s3:GetBucketVersioning", "{}");
        var scope = Scope.Empty.With("resource", JsonElement.Parse("""{"id":"orders","type":"AWS::S3::Bucket"}"""));
        return await Planner.PlanAsync(PlaybookReader.Read("s3/x", "s3/x.yaml", yaml), scope, aws, CancellationToken.None);
    }
}
