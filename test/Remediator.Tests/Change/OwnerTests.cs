using Remediator.Change;
using Remediator.Incidents;

namespace Remediator.Tests.Change;

/// <summary>Who else says what a resource is to be, as its tags tell.</summary>
public sealed class OwnerTests
{
    [Fact]
    public void Stack_is_known_with_what_its_template_calls_the_resource()
    {
        Assert.Equal(
            new ResourceOwner(ResourceOwner.Stack, "web") { LogicalId = "Downloads", StackId = "arn:web" },
            Of(
                ("aws:cloudformation:stack-name", "web"),
                ("aws:cloudformation:logical-id", "Downloads"),
                ("aws:cloudformation:stack-id", "arn:web"),
                ("team", "shop")));
        Assert.Equal(new ResourceOwner(ResourceOwner.Stack, "web"), Of(("aws:cloudformation:stack-name", "web")));
    }

    [Theory]
    [InlineData("aws:autoscaling:groupName", "Auto Scaling group web")]
    [InlineData("eks:nodegroup-name", "eks:nodegroup-name web")]
    [InlineData("aws:eks:cluster-name", "aws:eks:cluster-name web")]
    [InlineData("karpenter.sh/nodepool", "karpenter.sh/nodepool web")]
    [InlineData("karpenter.sh/provisioner-name", "karpenter.sh/provisioner-name web")]
    public void What_replaces_instances_is_known_by_its_tag(string key, string name) =>
        Assert.Equal(new ResourceOwner(ResourceOwner.Autoscaler, name), Of((key, "web"), ("zone", "a")));

    /// <summary>What an autoscaler made from a stack's template is replaced by the autoscaler.</summary>
    [Fact]
    public void Of_several_owners_the_first_by_its_tag_is_named()
    {
        Assert.Equal(
            new ResourceOwner(ResourceOwner.Autoscaler, "Auto Scaling group web"),
            Of(("aws:cloudformation:stack-name", "web"), ("aws:autoscaling:groupName", "web")));
        Assert.Equal(
            new ResourceOwner(ResourceOwner.Stack, "web"), Of(("Terraform", "true"), ("aws:cloudformation:stack-name", "web")));
        Assert.Equal(
            new ResourceOwner(ResourceOwner.Terraform, "ManagedBy"), Of(("terraform", "true"), ("ManagedBy", "Terraform")));
    }

    [Theory]
    [InlineData("ManagedBy", "Terraform")]
    [InlineData("managed-by", "terraform v1.9")]
    [InlineData("created_by", "OpenTofu")]
    [InlineData("Provisioned By", "terraform")]
    [InlineData("provisioner", "TERRAFORM")]
    [InlineData("IaC", "our opentofu")]
    [InlineData("iac-tool", "terraform")]
    [InlineData("DeployedBy", "terraform")]
    [InlineData("Source", "https://example.com/terraform/web")]
    [InlineData("terraform", "true")]
    [InlineData("Terraform:Workspace", "default")]
    public void Terraform_is_known_by_the_tags_that_people_agree_on(string key, string value) =>
        Assert.Equal(new ResourceOwner(ResourceOwner.Terraform, key), Of((key, value), ("team", "shop")));

    [Theory]
    [InlineData("ManagedBy", "shop")]
    [InlineData("Terraform", "false")]
    [InlineData("terraform", "FALSE")]
    [InlineData("team", "terraform")]
    [InlineData("not-terraform", "true")]
    [InlineData("aws:cloudformation:logical-id", "Downloads")]
    public void Other_tags_name_no_owner(string key, string value) => Assert.Null(Of((key, value)));

    private static ResourceOwner? Of(params (string Key, string Value)[] tags) =>
        Owner.Of(tags.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal));
}
