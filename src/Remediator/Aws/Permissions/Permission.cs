namespace Remediator.Aws.Permissions;

/// <summary>Leave to do one thing.</summary>
/// <param name="Action">The IAM action's true name: <c>s3:PutBucketPublicAccessBlock</c>.</param>
/// <param name="Resource">What it is limited to, with CloudFormation's <c>${AWS::Partition}</c>; <c>*</c> where it cannot be.</param>
/// <param name="Changes">It changes something.</param>
internal sealed record Permission(string Action, string Resource, bool Changes)
{
    public PermissionCondition? Condition { get; init; }
}

/// <summary>When leave is given: <c>StringEquals</c>, <c>iam:PassedToService</c>, <c>cloudtrail.amazonaws.com</c>.</summary>
internal sealed record PermissionCondition(string Operator, string Key, string Value);
