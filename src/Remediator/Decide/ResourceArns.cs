namespace Remediator.Decide;

/// <summary>The ARN of a resource, for the types whose id is enough to build it.</summary>
internal static class ResourceArns
{
    /// <summary>Null where it cannot be known from the id.</summary>
    public static string? Of(ResourceKey r, string partition) => r switch
    {
        _ when r.Id.StartsWith("arn:", StringComparison.Ordinal) => r.Id,
        { Type: "AWS::S3::Bucket" } => $"arn:{partition}:s3:::{r.Id}",
        { Type: "AWS::Lambda::Function" } => $"arn:{partition}:lambda:{r.Region}:{r.Account}:function:{r.Id}",
        { Type: "AWS::DynamoDB::Table" } => $"arn:{partition}:dynamodb:{r.Region}:{r.Account}:table/{r.Id}",
        { Type: "AWS::Logs::LogGroup" } => $"arn:{partition}:logs:{r.Region}:{r.Account}:log-group:{r.Id}",
        { Type: "AWS::KMS::Key" } => $"arn:{partition}:kms:{r.Region}:{r.Account}:key/{r.Id}",
        { Type: "AWS::SQS::Queue" } => $"arn:{partition}:sqs:{r.Region}:{r.Account}:{r.Id[(r.Id.LastIndexOf('/') + 1)..]}",
        _ => null,
    };
}
