using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Tags;

/// <summary>The resource that another belongs to, as AWS Config records the relation.</summary>
internal static class Parents
{
    /// <summary>For a type, the types that its resources belong to, the nearest first.</summary>
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Of = new Dictionary<string, ImmutableArray<string>>(
        StringComparer.Ordinal)
    {
        ["AWS::ApiGateway::Stage"] = ["AWS::ApiGateway::RestApi"],
        ["AWS::ApiGatewayV2::Stage"] = ["AWS::ApiGatewayV2::Api"],
        ["AWS::AutoScaling::ScalingPolicy"] = ["AWS::AutoScaling::AutoScalingGroup"],
        ["AWS::EC2::EIP"] = ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"],
        ["AWS::EC2::Instance"] = ["AWS::AutoScaling::AutoScalingGroup"],
        ["AWS::EC2::NetworkInterface"] = ["AWS::EC2::Instance"],
        ["AWS::EC2::Volume"] = ["AWS::EC2::Instance"],
        ["AWS::ECS::TaskSet"] = ["AWS::ECS::Service"],
        ["AWS::ElasticLoadBalancingV2::Listener"] = ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
        ["AWS::RDS::DBClusterSnapshot"] = ["AWS::RDS::DBCluster"],
        ["AWS::RDS::DBInstance"] = ["AWS::RDS::DBCluster"],
        ["AWS::RDS::DBSnapshot"] = ["AWS::RDS::DBInstance"],
        ["AWS::Redshift::ClusterSnapshot"] = ["AWS::Redshift::Cluster"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The one parent that the item names; none where it names none, or several of one type.</summary>
    public static (string Type, string Id)? OnlyOne(string type, JsonElement relationships)
    {
        foreach (var parent in Of.GetValueOrDefault(type, []))
        {
            var ids = (relationships.IsList() ? relationships.EnumerateArray() : default)
                .Where(r => r.TextOf("resourceType") == parent)
                .Select(r => r.TextOf("resourceId") ?? r.TextOf("resourceName") ?? "")
                .Where(id => id.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (ids is not [])
            {
                return ids is [var only] ? (parent, only) : null;
            }
        }

        return null;
    }
}
