using Remediator.Change.Tags;
using Remediator.Values;

namespace Remediator.Tests.Change.Tags;

/// <summary>A tag may come from the one resource that another belongs to, and from no other that it is related to.</summary>
public sealed class ParentsTests
{
    [Theory]
    [InlineData("AWS::ApiGateway::Stage", "AWS::ApiGateway::RestApi")]
    [InlineData("AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Api")]
    [InlineData("AWS::AutoScaling::ScalingPolicy", "AWS::AutoScaling::AutoScalingGroup")]
    [InlineData("AWS::EC2::EIP", "AWS::EC2::Instance")]
    [InlineData("AWS::EC2::EIP", "AWS::EC2::NetworkInterface")]
    [InlineData("AWS::EC2::Instance", "AWS::AutoScaling::AutoScalingGroup")]
    [InlineData("AWS::EC2::NetworkInterface", "AWS::EC2::Instance")]
    [InlineData("AWS::EC2::Volume", "AWS::EC2::Instance")]
    [InlineData("AWS::ECS::TaskSet", "AWS::ECS::Service")]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::LoadBalancer")]
    [InlineData("AWS::RDS::DBClusterSnapshot", "AWS::RDS::DBCluster")]
    [InlineData("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")]
    [InlineData("AWS::RDS::DBSnapshot", "AWS::RDS::DBInstance")]
    [InlineData("AWS::Redshift::ClusterSnapshot", "AWS::Redshift::Cluster")]
    public void Resource_belongs_to_the_parent_of_its_type(string type, string parent) =>
        Assert.Equal((parent, "p-1"), Of(type, $"{parent}=p-1", "AWS::EC2::SecurityGroup=sg-1", "AWS::EC2::VPC=vpc-1"));

    [Theory]
    [InlineData("AWS::EC2::Volume", "AWS::EC2::Instance=i-1", "AWS::EC2::Instance=i-2")]
    [InlineData("AWS::EC2::EIP", "AWS::EC2::Instance=i-1", "AWS::EC2::Instance=i-2", "AWS::EC2::NetworkInterface=eni-1")]
    [InlineData("AWS::EC2::Volume", "AWS::EC2::VPC=vpc-1")]
    [InlineData("AWS::EC2::Volume", "AWS::EC2::Instance=")]
    [InlineData("AWS::EC2::Volume")]
    [InlineData("AWS::S3::Bucket", "AWS::EC2::Instance=i-1")]
    public void Where_there_is_no_one_parent_none_is_named(string type, params string[] related) => Assert.Null(Of(type, related));

    [Fact]
    public void Nearest_parent_comes_first_and_one_that_is_named_twice_is_one()
    {
        Assert.Equal(
            ("AWS::EC2::Instance", "i-1"),
            Of("AWS::EC2::EIP", "AWS::EC2::NetworkInterface=eni-1", "AWS::EC2::Instance=i-1", "AWS::EC2::Instance=i-1"));
        Assert.Equal(
            ("AWS::EC2::NetworkInterface", "eni-1"), Of("AWS::EC2::EIP", "AWS::EC2::Instance=", "AWS::EC2::NetworkInterface=eni-1"));
    }

    [Theory]
    [InlineData("""[{"resourceType":"AWS::EC2::Instance","resourceName":"web"}]""", "web")]
    [InlineData("""[{"resourceType":"AWS::EC2::Instance","resourceId":"i-1","resourceName":"web"}]""", "i-1")]
    [InlineData("""[{"resourceType":"AWS::EC2::Instance"}]""", null)]
    [InlineData("\"AWS::EC2::Instance\"", null)]
    [InlineData("null", null)]
    public void Parent_goes_by_its_id_and_by_its_name_where_it_has_none(string relationships, string? id) =>
        Assert.Equal(id, Parents.OnlyOne("AWS::EC2::Volume", Json.Parse(relationships))?.Id);

    private static (string Type, string Id)? Of(string type, params string[] related) => Parents.OnlyOne(
        type,
        Json.List(related.Select(r => r.Split('=')).Select(r => Json.Object(
            [new("resourceType", Json.Text(r[0])), new("resourceId", Json.Text(r[1]))]))));
}
