namespace Remediator.Aws.Models;

/// <summary>The wire protocol of a service.</summary>
public enum WireProtocol
{
    AwsJson,
    AwsQuery,
    Ec2Query,
    RestJson,
    RestXml,
}
