using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Playbooks;

namespace Remediator.Cli.Replay;

/// <summary>Runs one event through the same pipeline as the deployed function.</summary>
internal sealed class Replayer(
    Terminal terminal,
    CliSettings settings,
    Mode? mode,
    JsonElement parameters)
{
    public async Task<Replayed> RunAsync(string text, CancellationToken ct) =>
        EventReader.Read(Encoding.UTF8.GetBytes(text), terminal.Outside.Clock.GetUtcNow()) switch
        {
            Received.Rejected(var why) => WithoutRun(new("rejected") { Reason = why }),
            Received.Ignored(var why) => WithoutRun(new("ignored") { Reason = why }),
            Received.Probe => WithoutRun(new("ignored") { Reason = "a probe of 'remediator doctor': it asks for nothing" }),
            Received.Due => WithoutRun(new("ignored") { Reason = "the sweep's word that something is due: 'remediator sweep' does it" }),
            Received.AlarmRang => WithoutRun(new("ignored") { Reason = "an alarm: 'remediator sweep' looks at what it may take back" }),
            Received.Change(var change) => await RunAsync(change, ct),
            var other => throw new InvalidOperationException($"An event cannot be read as {other}."),
        };

    public async Task<Replayed> RunAsync(ComplianceChange change, CancellationToken ct)
    {
        var service = await settings.ForEventAsync(change.Resource, ct);
        var policy = PolicyOverride.Apply(CliSettings.ReadPolicy(service), mode, parameters);
        CallRecorder? recorder = null;
        var session = Session.Open(terminal.Outside, service, policy, accounts => recorder = new(accounts));
        Introduce(change, service);
        var outcome = await session.Service.Pipeline.RunAsync(change, ct);
        var replayed = Replayed.Of(outcome, recorder!.Calls, new(new PlaybookLibrary(service.PlaybookFolder)));
        ReplayText.Show(terminal.Screen, replayed, session.Unsent);
        return replayed;
    }

    private Replayed WithoutRun(Replayed replayed)
    {
        ReplayText.Show(terminal.Screen, replayed, []);
        return replayed;
    }

    private static string Words(Compliance compliance) => compliance switch
    {
        Compliance.Compliant => "COMPLIANT",
        Compliance.NonCompliant => "NON_COMPLIANT",
        _ => "NOT_APPLICABLE",
    };

    private void Introduce(ComplianceChange change, ServiceSettings service)
    {
        terminal.Progress($"asking AWS about {change.Resource}");
        terminal.Screen.Facts(
            ("Rule", change.Rule.Name),
            ("Resource", change.Resource.ToString()),
            ("Config says", $"{Words(change.Compliance)} at {change.RecordedAt:u}"),
            (
                "Journal", Session.HasJournal(service)
                    ? $"table {service.JournalTable}"
                    : $"in memory, gone when this ends: {CliSettings.JournalVariable} is not set"),
            (
                "Notices",
                service.EscalationTopicArn.Length > 0
                    ? service.EscalationTopicArn
                    : $"shown here, not sent: {CliSettings.TopicVariable} is not set"));
    }
}
