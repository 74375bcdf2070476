using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class ResourceArnsTests
{
    [Theory]
    [InlineData("AWS::S3::Bucket", "logs", "arn:aws-cn:s3:::logs")]
    [InlineData("AWS::ECR::Repository", "team/web", "arn:aws-cn:ecr:cn-north-1:111122223333:repository/team/web")]
    [InlineData(
        "AWS::AppConfig::Environment",
        "app1|env2",
        "arn:aws-cn:appconfig:cn-north-1:111122223333:application/app1/environment/env2"
    )]
    [InlineData(
        "AWS::SQS::Queue",
        "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/jobs",
        "arn:aws-cn:sqs:cn-north-1:111122223333:jobs"
    )]
    [InlineData(
        "AWS::ECS::Cluster",
        "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/web",
        "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/web"
    )]
    public void An_ARN_is_built_from_the_id_that_Config_sends(string type, string id, string expected) =>
        Assert.Equal(expected, ResourceArns.Of(new("111122223333", "cn-north-1", type, id), "aws-cn"));

    [Fact]
    public void An_ARN_that_does_not_follow_from_the_id_is_not_guessed() =>
        Assert.Null(ResourceArns.Of(new("111122223333", "eu-west-1", "AWS::RDS::DBInstance", "db-ABC"), "aws"));
}
