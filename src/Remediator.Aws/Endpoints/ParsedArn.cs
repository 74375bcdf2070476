namespace Remediator.Aws.Endpoints;

/// <summary>The result of <c>aws.parseArn</c>.</summary>
internal sealed record ParsedArn(string Partition, string Service, string Region, string AccountId, string[] ResourceId) : IAttributes
{
    /// <summary>Null unless the text has the six parts of an ARN, with a partition, a service and a resource.</summary>
    internal static ParsedArn? Parse(string? text) =>
        text?.Split(':', 6) is
            ["arn", { Length: > 0 } partition, { Length: > 0 } service, var region, var account, { Length: > 0 } resource]
            ? new ParsedArn(partition, service, region, account, resource.Split(':', '/'))
            : null;

    object? IAttributes.Attribute(string name) => name switch
    {
        "partition" => Partition,
        "service" => Service,
        "region" => Region,
        "accountId" => AccountId,
        "resourceId" => ResourceId,
        _ => null,
    };
}
