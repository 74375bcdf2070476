using System.Collections.Frozen;
using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>
/// What the service itself is made of: its table with its key, topics, queues, functions, roles and logs. A playbook that changed them
/// could stop the notices, lose the events, or take the permissions away that it needs to put things back.
/// </summary>
internal sealed class OwnResources
{
    // Types by the service that stands in their ARNs.
    private static readonly FrozenDictionary<string, string> Services = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS::DynamoDB::Table"] = "dynamodb",
        ["AWS::Events::EventBus"] = "events",
        ["AWS::Events::Rule"] = "events",
        ["AWS::IAM::Role"] = "iam",
        ["AWS::KMS::Key"] = "kms",
        ["AWS::Lambda::Function"] = "lambda",
        ["AWS::Logs::LogGroup"] = "logs",
        ["AWS::SNS::Topic"] = "sns",
        ["AWS::SQS::Queue"] = "sqs",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenSet<Named> _own;
    private readonly string? _functions;

    private OwnResources(IEnumerable<Named> own, string? functions)
    {
        _own = own.ToFrozenSet();
        _functions = functions;
    }

    public static OwnResources None { get; } = new([], null);

    /// <param name="arns">Whatever has an ARN that the settings can hold.</param>
    /// <param name="account">The service's own account.</param>
    /// <param name="functions">
    /// What the names of the service's functions begin with; empty where it is not known. Their ARNs cannot stand in their own settings.
    /// </param>
    public static OwnResources Of(IEnumerable<string> arns, string account, string functions) =>
        new(arns.Select(Named.OfArn).OfType<Named>(), functions.Length > 0 ? $"{account}|{functions}" : null);

    /// <summary>How a resource with this physical id is named among the service's own; null for a type that does not matter.</summary>
    public static string? ArnOf(ResourceKey resource, string partition) => Services.TryGetValue(resource.Type, out var service)
        ? $"arn:{partition}:{service}:{resource.Region}:{resource.Account}:{LastPart(resource.Id)}"
        : null;

    public bool Contains(ResourceKey resource) =>
        Services.TryGetValue(resource.Type, out var service)
        && (_own.Contains(new(service, resource.Account, LastPart(resource.Id)))
            || (service is "lambda" && _functions is { } own
                && $"{resource.Account}|{FunctionName(resource.Id)}".StartsWith(own, StringComparison.Ordinal)));

    // A rule of an event bus has a bar between their names in CloudFormation.
    private static string LastPart(string id) => id[(id.LastIndexOfAny([':', '/', '|']) + 1)..];

    private static string FunctionName(string id) => id.Split(':') is [_, _, _, _, _, _, var name, ..] ? name : id;

    /// <summary>
    /// Without the region: the same name in another region of the account is refused too, which costs a look by a person.
    /// </summary>
    private sealed record Named(string Service, string Account, string Name)
    {
        public static Named? OfArn(string arn) => arn.TrimEnd('*', ':')
            .Split(':', 6) is ["arn", _, var service, _, var account, var resource]
            ? new(service, account, LastPart(resource))
            : null;
    }
}
