using Remediator.Authoring.Permissions;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Aws;

/// <summary>
/// One write and one read for each service. In the read, <c>«A.B»</c> stands for that member of the write's output; the result must
/// contain the text.
internal static class ServiceTour
{
    private const string Trust = """{\"Version\":\"2012-10-17\",\"Statement\":[]}""";

    public static readonly TheoryData<string, string, string, string, string> Stops = new()
    {
        { "s3:CreateBucket", """{"Bucket":"tour-bucket"}""", "s3:ListBuckets", "{}", "tour-bucket" },
        {
            "ec2:CreateSecurityGroup",
            """{"GroupName":"tour","Description":"of services"}""",
            "ec2:DescribeSecurityGroups",
            """{"GroupIds":["«GroupId»"]}""",
            "of services"
        },
        { "iam:CreateUser", """{"UserName":"tourist"}""", "iam:GetUser", """{"UserName":"tourist"}""", ":user/tourist" },
        {
            "rds:CreateDBInstance",
            """{"DBInstanceIdentifier":"tour","DBInstanceClass":"db.t3.micro","Engine":"mysql","AllocatedStorage":20"""
            + ""","MasterUsername":"u","MasterUserPassword":"password1"}""",
            "rds:DescribeDBInstances",
            """{"DBInstanceIdentifier":"tour"}""",
            "db.t3.micro"
        },
        {
            "sns:CreateTopic",
            """{"Name":"tour","Attributes":{"DisplayName":"Tour"}}""",
            "sns:GetTopicAttributes",
            """{"TopicArn":"«TopicArn»"}""",
            "Tour"
        },
        {
            "sqs:CreateQueue",
            """{"QueueName":"tour","Attributes":{"VisibilityTimeout":"77"}}""",
            "sqs:GetQueueAttributes",
            """{"QueueUrl":"«QueueUrl»","AttributeNames":["All"]}""",
            "\"77\""
        },
        {
            "dynamodb:CreateTable",
            """{"TableName":"tour","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":["""
            + """{"AttributeName":"pk","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}""",
            "dynamodb:DescribeTable",
            """{"TableName":"tour"}""",
            "PAY_PER_REQUEST"
        },
        { "kms:CreateKey", """{"Description":"tour"}""", "kms:DescribeKey", """{"KeyId":"«KeyMetadata.KeyId»"}""", "\"tour\"" },
        {
            "logs:CreateLogGroup",
            """{"logGroupName":"/tour"}""",
            "logs:DescribeLogGroups",
            """{"logGroupNamePrefix":"/tour"}""",
            "\"/tour\""
        },
        {
            "events:PutRule",
            """{"Name":"tour","EventPattern":"{\"source\":[\"tour\"]}"}""",
            "events:DescribeRule",
            """{"Name":"tour"}""",
            "source"
        },
        {
            "cloudwatch:PutMetricAlarm",
            """{"AlarmName":"tour","MetricName":"m","Namespace":"n","Statistic":"Sum","Period":60,"EvaluationPeriods":1"""
            + ""","Threshold":1.5,"ComparisonOperator":"GreaterThanThreshold"}""",
            "cloudwatch:DescribeAlarms",
            """{"AlarmNames":["tour"]}""",
            "1.5"
        },
        {
            "config:PutConfigurationRecorder",
            """{"ConfigurationRecorder":{"name":"tour","roleARN":"arn:aws:iam::123456789012:role/r"}}""",
            "config:DescribeConfigurationRecorders",
            "{}",
            "tour"
        },
        { "cloudtrail:CreateTrail", """{"Name":"tour","S3BucketName":"«Bucket»"}""", "cloudtrail:DescribeTrails", "{}", "tour" },
        {
            "cloudformation:CreateStack",
            """{"StackName":"tour","TemplateBody":"{\"Resources\":{\"Q\":{\"Type\":\"AWS::SQS::Queue\"}}}"}""",
            "cloudformation:DescribeStackResources",
            """{"StackName":"tour"}""",
            "AWS::SQS::Queue"
        },
        { "ssm:PutParameter", """{"Name":"/tour","Value":"v","Type":"String"}""", "ssm:GetParameter", """{"Name":"/tour"}""", "\"v\"" },
        {
            "secretsmanager:CreateSecret",
            """{"Name":"tour","SecretString":"s"}""",
            "secretsmanager:DescribeSecret",
            """{"SecretId":"tour"}""",
            "tour"
        },
        {
            "lambda:CreateFunction",
            """{"FunctionName":"tour","Runtime":"python3.11","Handler":"h","Role":"«Role»","""
            + """ "Code":{"ZipFile":"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}}""",
            "lambda:GetFunctionConfiguration",
            """{"FunctionName":"tour"}""",
            "python3.11"
        },
        {
            "route53:CreateHostedZone",
            """{"Name":"tour.example.","CallerReference":"tour"}""",
            "route53:GetHostedZone",
            """{"Id":"«HostedZone.Id»"}""",
            "tour.example."
        },
        {
            "elbv2:CreateTargetGroup",
            """{"Name":"tour","Protocol":"HTTP","Port":80,"VpcId":"«VpcId»"}""",
            "elbv2:DescribeTargetGroups",
            """{"Names":["tour"]}""",
            "\"HTTP\""
        },
        {
            "autoscaling:CreateLaunchConfiguration",
            """{"LaunchConfigurationName":"tour","ImageId":"ami-12c6146b","InstanceType":"t3.micro","UserData":"echo"}""",
            "autoscaling:DescribeAutoScalingGroups",
            "{}",
            "AutoScalingGroups"
        },
        { "ecr:CreateRepository", """{"repositoryName":"tour"}""", "ecr:DescribeRepositories", "{}", "tour" },
        { "ecs:CreateCluster", """{"clusterName":"tour"}""", "ecs:DescribeClusters", """{"clusters":["tour"]}""", "tour" },
        { "efs:CreateFileSystem", """{"CreationToken":"tour","Encrypted":true}""", "efs:DescribeFileSystems", "{}", "tour" },
        {
            "kinesis:CreateStream",
            """{"StreamName":"tour","ShardCount":1}""",
            "kinesis:DescribeStreamSummary",
            """{"StreamName":"tour"}""",
            "tour"
        },
        {
            "redshift:CreateCluster",
            """{"ClusterIdentifier":"tour","NodeType":"dc2.large","MasterUsername":"u","MasterUserPassword":"Password1","""
            + """ "NumberOfNodes":1,"""
            + """ "ClusterType":"single-node"}""",
            "redshift:DescribeClusters",
            """{"ClusterIdentifier":"tour"}""",
            "dc2.large"
        },
        { "guardduty:CreateDetector", """{"Enable":true}""", "guardduty:GetDetector", """{"DetectorId":"«DetectorId»"}""", "ENABLED" },
        {
            "acm:RequestCertificate",
            """{"DomainName":"tour.example.com"}""",
            "acm:DescribeCertificate",
            """{"CertificateArn":"«CertificateArn»"}""",
            "tour.example.com"
        },
        { "apigateway:CreateRestApi", """{"name":"tour"}""", "apigateway:GetRestApi", """{"restApiId":"«id»"}""", "tour" },
        {
            "stepfunctions:CreateStateMachine",
            """{"name":"tour","definition":"{\"StartAt\":\"a\",\"States\":{\"a\":{\"Type\":\"Pass\",\"End\":true}}}","roleArn":"«Role»"}""",
            "stepfunctions:DescribeStateMachine",
            """{"stateMachineArn":"«stateMachineArn»"}""",
            "tour"
        },
        {
            "backup:CreateBackupVault",
            """{"BackupVaultName":"tour"}""",
            "backup:DescribeBackupVault",
            """{"BackupVaultName":"tour"}""",
            "tour"
        },
        {
            "s3control:PutPublicAccessBlock",
            """{"AccountId":"123456789012","PublicAccessBlockConfiguration":{"BlockPublicAcls":true}}""",
            "s3control:GetPublicAccessBlock",
            """{"AccountId":"123456789012"}""",
            "true"
        },
        {
            "wafv2:CreateWebACL",
            """{"Name":"tour","Scope":"REGIONAL","DefaultAction":{"Allow":{}},"VisibilityConfig":{"SampledRequestsEnabled":true"""
            + ""","CloudWatchMetricsEnabled":true,"MetricName":"m"}}""",
            "wafv2:ListWebACLs",
            """{"Scope":"REGIONAL"}""",
            "tour"
        },
    };

    public static string TrustPolicy => Trust;
}
