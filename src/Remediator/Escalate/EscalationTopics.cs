using System.Collections.Immutable;
using System.Text;
using Remediator.Aws;
using Remediator.Escalate.Forms;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>The topic for people and chat, and the one for pagers and machines.</summary>
internal sealed record EscalationTopics(string? People, string? Machines)
{
    /// <summary>By whose clock people read times; null for UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>SNS takes 256 KiB; the attributes and the envelope have the rest.</summary>
    private const int MostBytes = 240 * 1024;

    /// <summary>The same news to each topic, in the form that each protocol's subscribers want.</summary>
    /// <param name="facts">The facts with so many lines of a plan: fewer where the message would be too large.</param>
    /// <param name="routes">By what it is filtered.</param>
    public IEnumerable<Message> Messages(Func<int, NoticeFacts> facts, IReadOnlyCollection<Route> routes)
    {
        var told = facts(IncidentFacts.MostLines);
        for (var lines = IncidentFacts.MostLines; Size(told) > MostBytes && lines > 0; lines /= 2)
        {
            told = facts(lines / 2);
        }

        var attributes = new Dictionary<string, ImmutableArray<string>>
        {
            ["severity"] = Values(routes, r => r.Severity),
            ["reason"] = Values(routes, r => r.Reason),
            ["environment"] = Values(routes, r => r.Environment),
            ["accountId"] = [told.Account],
            ["team"] = Values(routes, r => r.Team),
        };
        var subject = ShortForm.Subject(told);
        return
        [
            .. People is { } people ? [new Message(people, subject, ForPeople(told), attributes)] : ImmutableArray<Message>.Empty,
            .. Machines is { } machines ? [new Message(machines, subject, ForMachines(told), attributes)] : ImmutableArray<Message>.Empty,
        ];
    }

    private static ImmutableArray<string> Values(IEnumerable<Route> routes, Func<Route, string> of) =>
        [.. routes.Select(r => PlainText.Line(of(r), 200)).Distinct()];

    private Dictionary<string, string> ForPeople(NoticeFacts told)
    {
        var facts = Local(told);
        var (mail, machine) = (MailForm.Of(facts), MachineForm.Of(told));
        return new()
        {
            ["default"] = mail,
            ["email"] = mail,
            ["sms"] = ShortForm.Text(facts),
            ["https"] = ChatForm.Of(facts),
            ["sqs"] = machine,
            ["lambda"] = machine,
        };
    }

    private Dictionary<string, string> ForMachines(NoticeFacts told) =>
        new() { ["default"] = MachineForm.Of(told), ["email"] = MailForm.Of(Local(told)) };

    private NoticeFacts Local(NoticeFacts told) => Zone is { } zone ? LocalTimes.In(told, zone) : told;

    /// <summary>As SNS counts it: the texts of all protocols in one JSON text.</summary>
    private int Size(NoticeFacts facts) =>
        ForPeople(facts).Values.Sum(text => Encoding.UTF8.GetByteCount(Json.Text(text).GetRawText()));
}
