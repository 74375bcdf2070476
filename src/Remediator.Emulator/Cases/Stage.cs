using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;

namespace Remediator.Emulator.Cases;

/// <summary>
/// The whole service in this process, with one Config rule and a policy that lets it change everything, or asks. Config's evaluations
/// are a year old by the given clock.
/// </summary>
internal sealed class Stage : IConfigService, IPublisher, ITags
{
    private readonly ConfigRule _rule;
    private readonly Composition _service;
    private readonly CaseRecording? _recording;
    private DateTimeOffset _recordedAt;

    /// <param name="playbooks">Their folder; null for the repository's own.</param>
    /// <param name="recording">When AWS Config recorded the resource, which is rolled back; null to fix it.</param>
    /// <param name="named">The playbook that the policy names; null for the one that answers the rule.</param>
    public Stage(
        IAwsAccounts accounts,
        ConfigRule rule,
        JsonElement policyParameters,
        TimeProvider? clock = null,
        Mode mode = Mode.Auto,
        string? playbooks = null,
        CaseRecording? recording = null,
        string? named = null)
    {
        _recording = recording;
        clock ??= TimeProvider.System;
        _recordedAt = clock.GetUtcNow().AddYears(-1);
        _rule = rule;
        Accounts = new(accounts);
        var journal = new MemoryJournal(clock, TimeSpan.FromMinutes(5));
        var foundation = new Foundation(Accounts, journal, this, this, this, clock, NullLoggerFactory.Instance)
        {
            OwnAccount = rule.Arn.Split(':')[4],
        };
        var everything = new PolicyEntry(Match.All)
        {
            Mode = mode,
            AutoUpTo = new([.. Enum.GetValues<Impact>()]),
            Owner = "team",
            Environment = "test",
            Severity = "warning",
            Rollout = new(100),
            Parameters = policyParameters,
            Playbook = named,
            To = [recording is null ? Aim.Wanted : Aim.LastCompliant],
        };
        var policy = Policy.Default with { Defaults = everything, Rollback = recording?.Policy ?? Policy.Default.Rollback };
        var topics = new EscalationTopics("arn:aws:sns:us-east-1:123456789012:people", null);
        _service = new(foundation, policy, new PlaybookLibrary(playbooks ?? PlaybookCases.PlaybookFolder), topics);
    }

    public CountedAccounts Accounts { get; }

    public List<Message> Notices { get; } = [];

    /// <summary>A NON_COMPLIANT event of AWS Config for the resource, each time a minute later.</summary>
    public Task<Outcome> EventAsync(ResourceKey resource) => _service.Pipeline.RunAsync(
        new ComplianceChange
        {
            Resource = resource,
            Rule = new(_rule.Name, _rule.Arn),
            Compliance = Compliance.NonCompliant,
            RecordedAt = _recordedAt = _recordedAt.AddMinutes(1),
            CompliantBefore = _recording?.Good,
            OrderedAt = _recording?.Bad,
        },
        CancellationToken.None);

    public Task SweepAsync() => _service.Sweeper.SweepAsync(CancellationToken.None);

    public Task<Outcome> ApproveAsync(Incident incident, string by) =>
        _service.Operator.RunAsync(new(OperatorVerb.Approve, incident.Id, by, null, Force: false), CancellationToken.None);

    public Task<Outcome> UndoAsync(Incident incident) =>
        _service.Operator.RunAsync(new(OperatorVerb.Undo, incident.Id, "tester", null, Force: false), CancellationToken.None);

    public Task<RuleRef?> RuleNamedAsync(string account, string region, string name, CancellationToken ct) =>
        Task.FromResult<RuleRef?>(new(_rule.Name, _rule.Arn));

    public Task<IReadOnlyDictionary<string, Compliance>> EvaluationsAsync(ResourceKey resource, string region, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, Compliance>>(new Dictionary<string, Compliance>());

    public Task<ConfigRule?> RuleAsync(string account, string region, RuleRef rule, CancellationToken ct) =>
        Task.FromResult<ConfigRule?>(_rule);

    public Task<DateTimeOffset?> CreatedAsync(ResourceKey resource, CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

    public Task<Evaluation?> EvaluationAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct) =>
        Task.FromResult<Evaluation?>(null);

    public Task ReevaluateAsync(string account, string region, IReadOnlyList<string> ruleNames, CancellationToken ct) => Task.CompletedTask;

    public Task PublishAsync(Message message, CancellationToken ct)
    {
        Notices.Add(message);
        return Task.CompletedTask;
    }

    public Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct) =>
        Task.FromResult(ImmutableDictionary<string, string>.Empty);

    public bool IsOneCall(ResourceKey resource) => false;
}
