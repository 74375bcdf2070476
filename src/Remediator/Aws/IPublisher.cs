using System.Collections.Immutable;
using Remediator.Decide;

namespace Remediator.Aws;

/// <summary>Publishes to SNS.</summary>
internal interface IPublisher
{
    Task PublishAsync(Message message, CancellationToken ct);
}

/// <summary>One message to one topic, in the forms that its subscribers' protocols want.</summary>
/// <param name="Attributes">By what subscribers filter: one of the values is enough.</param>
internal sealed record Message(
    string TopicArn,
    string Subject,
    IReadOnlyDictionary<string, string> ByProtocol,
    IReadOnlyDictionary<string, ImmutableArray<string>> Attributes);
