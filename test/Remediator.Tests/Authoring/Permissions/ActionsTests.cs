using System.Text.Json;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Xunit.Abstractions;

namespace Remediator.Tests.Authoring.Permissions;

public class ActionsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("s3:PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", "arn:${AWS::Partition}:s3:::*")]
    [InlineData("s3:DeleteBucketEncryption", "s3:PutEncryptionConfiguration", "arn:${AWS::Partition}:s3:::*")]
    [InlineData("s3:GetBucketVersioning", "s3:GetBucketVersioning", "arn:${AWS::Partition}:s3:::*")]
    [InlineData("s3control:PutPublicAccessBlock", "s3:PutAccountPublicAccessBlock", "*")]
    [InlineData(
        "elbv2:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "arn:${AWS::Partition}:elasticloadbalancing:*:*:*"
    )]
    [InlineData("efs:DescribeFileSystems", "elasticfilesystem:DescribeFileSystems", "*")]
    [InlineData("opensearch:UpdateDomainConfig", "es:UpdateDomainConfig", "arn:${AWS::Partition}:es:*:*:domain/*")]
    [InlineData("apigateway:UpdateStage", "apigateway:PATCH", "arn:${AWS::Partition}:apigateway:*::/restapis/*/stages/*")]
    [InlineData("apigatewayv2:GetStages", "apigateway:GET", "arn:${AWS::Partition}:apigateway:*::/apis/*/stages")]
    [InlineData("stepfunctions:TagResource", "states:TagResource", "*")]
    [InlineData("kms:EnableKeyRotation", "kms:EnableKeyRotation", "arn:${AWS::Partition}:kms:*:*:key/*")]
    [InlineData("ec2:CreateTags", "ec2:CreateTags", "arn:${AWS::Partition}:ec2:*:*:*/*")]
    public void An_operation_needs_its_action_on_what_it_can_be_limited_to(string operation, string action, string resource) =>
        Assert.Equal((action, resource), Assert.Single(Actions.Of(operation)!.Value));

    [Fact]
    public void Actions_that_AWS_checks_beside_are_added() =>
        Assert.Contains(
            "iam:CreateServiceLinkedRole", Actions.Of("application-autoscaling:RegisterScalableTarget")!.Value.Select(a => a.Action));

    [Fact]
    public void A_service_that_is_not_known_gives_nothing() => Assert.Null(Actions.Of("nosuch:GetThing"));

    [Fact]
    public void Every_service_with_a_model_has_actions() =>
        Assert.Empty(ModelCatalog.Services.Except(Actions.Services));

    [Fact]
    public void Every_action_of_every_modelled_operation_exists()
    {
        if (Environment.GetEnvironmentVariable("REMEDIATOR_RULE_CATALOG") is not { } folder)
        {
            output.WriteLine("REMEDIATOR_RULE_CATALOG is not set: only the cases above are checked.");
            return;
        }

        using var text = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "iam_actions.json")));
        var known = text.RootElement.EnumerateObject().SelectMany(p => p.Value.EnumerateArray().Select(a => $"{p.Name}:{a}"))
            .ToHashSet(StringComparer.Ordinal);
        var derived = from service in ModelCatalog.Services
                      from operation in ModelCatalog.Operations(service)
                      from action in Actions.Of($"{service}:{operation}")!.Value
                      select (Operation: $"{service}:{operation}", action.Action);
        var all = derived.ToArray();

        output.WriteLine($"{all.Length} actions of {ModelCatalog.Services.Count} services");
        Assert.DoesNotContain(all, a => !known.Contains(a.Action));
    }
}
