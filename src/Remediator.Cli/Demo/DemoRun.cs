using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Cli.Demo.Drifts;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>The steps of the demo, in order.</summary>
internal sealed class DemoRun(Terminal at, DemoWorld world, Proofs checks)
{
    private readonly ConfigEvents _config = new(world.Aws, at.Outside.Clock);
    private readonly EventSourceMapping _mapping = new(world.Sqs, world.Deployment.Resources["ComplianceQueue"], world.Remediate);
    private readonly IncidentShown _shown = new(at.Screen);

    private readonly IReadOnlyList<Drift> _drifts =
    [
        new DriftedSecurityGroup(world.Emulator.Layer, at.Outside.Clock),
        new PublicBucket(),
        new OpenSecurityGroup(),
        new PublicDatabase(),
        new UntaggedVolume(),
        new ShortLogRetention(),
        new WebsiteBucket(),
        new TableWithoutCostCenter(),
    ];

    /// <summary>The incidents in the order of the drifts.</summary>
    public List<(Seeded Seeded, Incident Incident)> Incidents { get; } = [];

    /// <summary>The incident that was undone, with the calls that put it back.</summary>
    public Incident? Undone { get; private set; }

    /// <summary>The notice as it reached the subscriber.</summary>
    public (string Subject, string Text) Mail { get; private set; } = ("", "");

    public async Task RunAsync(CancellationToken ct)
    {
        await using var mail = await MailBox.SubscribeAsync(world.Aws, world.Deployment.Resources["EscalationTopic"], ct);
        var pager = await PagerQueue.SubscribeAsync(world, ct);
        await RemediateAsync(ct);
        await CloseAsync(Of<OpenSecurityGroup>(), ct);
        await UndoAsync(Of<PublicBucket>(), ct);
        await EscalationAsync(Of<TableWithoutCostCenter>(), mail, pager, ct);
    }

    private async Task RemediateAsync(CancellationToken ct)
    {
        var seeded = new List<Seeded>();
        foreach (var drift in _drifts)
        {
            at.Progress($"making {drift.Title.ToLowerInvariant()}");
            seeded.Add(await SeedAsync(drift, ct));
        }

        Step($"AWS Config says of {seeded.Count} resources that they are NON_COMPLIANT");
        foreach (var one in seeded)
        {
            await _config.PublishAsync(one, "NON_COMPLIANT", ct);
        }

        var deliveries = await _mapping.RunAsync(ct);
        checks.That(
            deliveries.Count == seeded.Count && deliveries.All(d => !d.IsHandedBack),
            $"all {seeded.Count} events came from EventBridge through the rule and the queue to the function, and were handled");
        foreach (var one in seeded)
        {
            await LookAsync(one, ct);
        }
    }

    private async Task<Seeded> SeedAsync(Drift drift, CancellationToken ct)
    {
        var id = await drift.SeedAsync(world.Aws, ct);
        return new(drift, id, await _config.PutRuleAsync(drift, ct), await drift.ReadAsync(world.Aws, id, ct));
    }

    private async Task LookAsync(Seeded seeded, CancellationToken ct)
    {
        var incident = await FindAsync(seeded, ct);
        Incidents.Add((seeded, incident));
        _shown.Show(seeded, incident);
        var live = await seeded.Drift.ReadAsync(world.Aws, seeded.Id, ct);
        checks.That(incident.State == seeded.Drift.Ends, $"the journal has the incident as {seeded.Drift.Ends}");
        checks.That(seeded.Drift.IsRight(live), $"the resource, read from outside, holds {ValueText.Of(live)}");
    }

    private async Task CloseAsync(Seeded seeded, CancellationToken ct)
    {
        Step($"AWS Config looks again and says of {seeded.Id} that it is COMPLIANT");
        await _config.PublishAsync(seeded, "COMPLIANT", ct);
        await _mapping.RunAsync(ct);
        var id = Incidents.Single(i => i.Seeded == seeded).Incident.Id;
        var closed = await world.Journal.FindAsync(new(id), ct);
        checks.That(closed?.State is IncidentState.Closed, $"incident {id} is closed");
    }

    private async Task UndoAsync(Seeded seeded, CancellationToken ct)
    {
        var id = Incidents.Single(i => i.Seeded == seeded).Incident.Id;
        Step($"A person wants it back: remediator undo {id}");
        var answer = await OperateAsync(new() { ["command"] = "undo", ["incident"] = id, ["by"] = "demo", ["why"] = "to show it" }, ct);
        var undone = await FindAsync(seeded, ct);
        _shown.Calls("called", undone.Change?.UndoCalls ?? []);
        checks.That(answer.TextOf("outcome") is "undone", $"the function answered {ValueText.Of(answer)}");
        var live = await seeded.Drift.ReadAsync(world.Aws, seeded.Id, ct);
        checks.That(StateComparer.Exact.Same(live, seeded.Before), $"{seeded.Id} is exactly as it was: {ValueText.Of(live)}");

        await _config.PublishAsync(seeded, "NON_COMPLIANT", ct);
        await _mapping.RunAsync(ct);
        var held = await FindAsync(seeded, ct);
        live = await seeded.Drift.ReadAsync(world.Aws, seeded.Id, ct);
        checks.That(
            held.State is IncidentState.Held && StateComparer.Exact.Same(live, seeded.Before),
            $"the next event does not fix it again: held until {held.Due:yyyy-MM-dd}");
        Undone = undone;
    }

    private async Task EscalationAsync(Seeded seeded, MailBox mail, PagerQueue pager, CancellationToken ct)
    {
        var id = Incidents.Single(i => i.Seeded == seeded).Incident.Id;
        Step("Automation stopped for the table: the mail that reached the subscriber of the topic");
        var mails = mail.Mails.Where(m => m.Text.Contains(id, StringComparison.Ordinal)).ToList();
        Mail = mails.FirstOrDefault(("", ""));
        at.Screen.Line($"  | Subject: {Mail.Subject}");
        foreach (var line in Mail.Text.TrimEnd().Split('\n').SelectMany(l => Columns.Wrap(l.TrimEnd('\r'), 112)))
        {
            at.Screen.Line($"  | {line}", Tone.Quiet);
        }

        checks.That(mails is [{ Text.Length: > 0 }], $"one notice about incident {id} arrived, no second one");

        var pages = await pager.ReceiveAsync(ct);
        checks.That(
            pages.Count(p => p.TextOf("incident") == id && p.TextOf("reason") is "not-configured") == 1,
            $"the pager's queue got it once too, under the key {pages.FirstOrDefault(p => p.TextOf("incident") == id).TextOf("key")}");
    }

    private async Task<JsonElement> OperateAsync(JsonObject command, CancellationToken ct)
    {
        var answer = await world.Operate.InvokeAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), TimeSpan.FromSeconds(60), ct);
        return Json.Parse(Encoding.UTF8.GetString(answer.Payload));
    }

    private async Task<Incident> FindAsync(Seeded seeded, CancellationToken ct) =>
        await world.Journal.FindOpenAsync(Incident.KeyOf(GlobalResources.Key(seeded.Resource, null), seeded.Rule), ct)
        ?? throw new EmulatorException(
            $"The journal has no incident about {seeded.Resource}. The function said:\n{string.Join('\n', world.Remediate.Output)}");

    private Seeded Of<T>()
        where T : Drift => Incidents.Single(i => i.Seeded.Drift is T).Seeded;

    private void Step(string text)
    {
        at.Screen.Line();
        at.Screen.Line(text, Tone.Heading);
    }
}
