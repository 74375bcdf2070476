namespace Remediator.Aws.Permissions;

/// <summary>Permission for one action.</summary>
/// <param name="Action">The IAM action, which may differ from the operation's name: <c>s3:PutBucketPublicAccessBlock</c>.</param>
/// <param name="Resource">The resource, with CloudFormation's <c>${AWS::Partition}</c>; <c>*</c> if it cannot be limited.</param>
/// <param name="Changes">Whether the action changes something.</param>
internal sealed record Permission(string Action, string Resource, bool Changes)
{
    public PermissionCondition? Condition { get; init; }
}

/// <summary>The condition: <c>StringEquals</c>, <c>iam:PassedToService</c>, <c>cloudtrail.amazonaws.com</c>.</summary>
internal sealed record PermissionCondition(string Operator, string Key, string Value);
