namespace Remediator.Aws.Models;

/// <summary>How a service is spoken to.</summary>
public enum WireProtocol
{
    AwsJson,
    AwsQuery,
    Ec2Query,
    RestJson,
    RestXml,
}
