using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Record;

namespace Remediator.Cli;

/// <summary>The service put together in this process, for one command.</summary>
internal sealed class Session
{
    private readonly NoticeShown? _shown;

    private Session(Composition service, NoticeShown? shown)
    {
        Service = service;
        _shown = shown;
    }

    public Composition Service { get; }

    /// <summary>Notices that were not sent because no topic is configured.</summary>
    public IReadOnlyList<Message> Unsent => _shown?.Messages ?? [];

    /// <summary>Whether incidents outlast this process.</summary>
    public static bool HasJournal(ServiceSettings settings) => settings.JournalTable.Length > 0;

    public static Session Open(Outside outside, ServiceSettings settings, Policy policy, Func<IAwsAccounts, IAwsAccounts>? wrap = null)
    {
        var shown = settings.EscalationTopicArn.Length == 0 ? new NoticeShown() : null;
        var connected = outside.Connect(settings);
        var foundation = connected with
        {
            Accounts = wrap?.Invoke(connected.Accounts) ?? connected.Accounts,
            Journal = HasJournal(settings) ? connected.Journal : new MemoryJournal(outside.Clock, TimeSpan.FromMinutes(10)),
            Publisher = shown ?? connected.Publisher,
        };
        var topics = new EscalationTopics(shown is null ? settings.EscalationTopicArn : NoticeShown.NoTopic, settings.EventsTopicArn);
        return new(new(foundation, policy, new(settings.PlaybookFolder), topics), shown);
    }
}
