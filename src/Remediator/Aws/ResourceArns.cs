using System.Collections.Frozen;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>The ARN of a resource, for the types whose id is enough to build it.</summary>
internal static class ResourceArns
{
    // What follows "arn:PARTITION:". R is the region, A the account, 0 and 1 are the parts of an id such as "0|1".
    private static readonly FrozenDictionary<string, string> Shapes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS::AppConfig::Application"] = "appconfig:{R}:{A}:application/{0}",
        ["AWS::AppConfig::ConfigurationProfile"] = "appconfig:{R}:{A}:application/{0}/configurationprofile/{1}",
        ["AWS::AppConfig::DeploymentStrategy"] = "appconfig:{R}:{A}:deploymentstrategy/{0}",
        ["AWS::AppConfig::Environment"] = "appconfig:{R}:{A}:application/{0}/environment/{1}",
        ["AWS::AppConfig::ExtensionAssociation"] = "appconfig:{R}:{A}:extensionassociation/{0}",
        ["AWS::CloudWatch::MetricStream"] = "cloudwatch:{R}:{A}:metric-stream/{0}",
        ["AWS::Cognito::UserPool"] = "cognito-idp:{R}:{A}:userpool/{0}",
        ["AWS::DynamoDB::Table"] = "dynamodb:{R}:{A}:table/{0}",
        ["AWS::ECR::Repository"] = "ecr:{R}:{A}:repository/{0}",
        ["AWS::ECS::CapacityProvider"] = "ecs:{R}:{A}:capacity-provider/{0}",
        ["AWS::ECS::Cluster"] = "ecs:{R}:{A}:cluster/{0}",
        ["AWS::FIS::ExperimentTemplate"] = "fis:{R}:{A}:experiment-template/{0}",
        ["AWS::Glue::MLTransform"] = "glue:{R}:{A}:mlTransform/{0}",
        ["AWS::KMS::Key"] = "kms:{R}:{A}:key/{0}",
        ["AWS::Lambda::Function"] = "lambda:{R}:{A}:function:{0}",
        ["AWS::Logs::LogGroup"] = "logs:{R}:{A}:log-group:{0}",
        ["AWS::MemoryDB::SubnetGroup"] = "memorydb:{R}:{A}:subnetgroup/{0}",
        ["AWS::RDS::DBSecurityGroup"] = "rds:{R}:{A}:secgrp:{0}",
        ["AWS::RDS::DBSnapshot"] = "rds:{R}:{A}:snapshot:{0}",
        ["AWS::RDS::DBSubnetGroup"] = "rds:{R}:{A}:subgrp:{0}",
        ["AWS::RDS::EventSubscription"] = "rds:{R}:{A}:es:{0}",
        ["AWS::RDS::OptionGroup"] = "rds:{R}:{A}:og:{0}",
        ["AWS::Redshift::Cluster"] = "redshift:{R}:{A}:cluster:{0}",
        ["AWS::Redshift::ClusterParameterGroup"] = "redshift:{R}:{A}:parametergroup:{0}",
        ["AWS::Redshift::ClusterSecurityGroup"] = "redshift:{R}:{A}:securitygroup:{0}",
        ["AWS::Redshift::ClusterSubnetGroup"] = "redshift:{R}:{A}:subnetgroup:{0}",
        ["AWS::Route53Resolver::FirewallDomainList"] = "route53resolver:{R}:{A}:firewall-domain-list/{0}",
        ["AWS::Route53Resolver::FirewallRuleGroup"] = "route53resolver:{R}:{A}:firewall-rule-group/{0}",
        ["AWS::Route53Resolver::FirewallRuleGroupAssociation"] = "route53resolver:{R}:{A}:firewall-rule-group-association/{0}",
        ["AWS::Route53Resolver::ResolverEndpoint"] = "route53resolver:{R}:{A}:resolver-endpoint/{0}",
        ["AWS::Route53Resolver::ResolverRule"] = "route53resolver:{R}:{A}:resolver-rule/{0}",
        ["AWS::S3::Bucket"] = "s3:::{0}",
        ["AWS::SageMaker::AppImageConfig"] = "sagemaker:{R}:{A}:app-image-config/{0}",
        ["AWS::SageMaker::Domain"] = "sagemaker:{R}:{A}:domain/{0}",
        ["AWS::SageMaker::FeatureGroup"] = "sagemaker:{R}:{A}:feature-group/{0}",
        ["AWS::SageMaker::Image"] = "sagemaker:{R}:{A}:image/{0}",
        ["AWS::SageMaker::InferenceExperiment"] = "sagemaker:{R}:{A}:inference-experiment/{0}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null where it cannot be known from the id.</summary>
    public static string? Of(ResourceKey r, string partition) => r switch
    {
        _ when r.Id.StartsWith("arn:", StringComparison.Ordinal) => r.Id,
        { Type: "AWS::SQS::Queue" } => $"arn:{partition}:sqs:{r.Region}:{r.Account}:{r.Id[(r.Id.LastIndexOf('/') + 1)..]}",
        _ when Shapes.TryGetValue(r.Type, out var shape) => $"arn:{partition}:{Fill(shape, r)}",
        _ => null,
    };

    private static string Fill(string shape, ResourceKey r)
    {
        var ids = r.Id.Split('|');
        return shape
            .Replace("{R}", r.Region, StringComparison.Ordinal)
            .Replace("{A}", r.Account, StringComparison.Ordinal)
            .Replace("{0}", ids[0], StringComparison.Ordinal)
            .Replace("{1}", ids[^1], StringComparison.Ordinal);
    }
}
