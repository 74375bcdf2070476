using Remediator.Aws;

namespace Remediator.Cli;

/// <summary>
/// Keeps notices to show on the screen where no topic is configured. They are recorded as not sent, so that the sweep still sends them.
/// </summary>
internal sealed class NoticeShown : IPublisher
{
    public const string NoTopic = "not-set";

    private readonly List<Message> _messages = [];

    public IReadOnlyList<Message> Messages => _messages;

    public Task PublishAsync(Message message, CancellationToken ct)
    {
        _messages.Add(message);
        throw new AwsException("sns:Publish", "NoTopic", 0, "", $"{CliSettings.TopicVariable} is not set.");
    }
}
