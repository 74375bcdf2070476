using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Cli.GameDay;

/// <summary>
/// The service in this process for an exercise: with one rule that AWS Config is not asked about, a policy of its own and a journal in
/// memory, so that nothing of it reaches a deployment.
/// </summary>
internal sealed class ExerciseService : IConfigService
{
    public const string Rule = "S3_BUCKET_VERSIONING_ENABLED";

    private readonly ConfigRule _rule;
    private readonly Composition _service;
    private readonly TimeProvider _clock;
    private DateTimeOffset _recordedAt;

    public ExerciseService(Foundation connected, IJournal journal, PlaybookLibrary playbooks, string region, string topic, Mode mode)
    {
        _clock = connected.Clock;
        _rule = new(
            "remediator-exercise",
            $"arn:{Remediator.Aws.Endpoints.AwsPartition.Of(region).Name}:config:{region}:{connected.OwnAccount}:config-rule/exercise",
            "AWS",
            Rule,
            Values.Json.EmptyObject);
        var policy = Policy.Default with
        {
            Defaults = new PolicyEntry(Match.All)
            {
                Mode = mode,
                AutoUpTo = new([.. Enum.GetValues<Impact>()]),
                Owner = "exercise",
                Environment = "exercise",
                Severity = "warning",
                Rollout = new(100),
            },
        };
        var on = connected with { Journal = journal, Config = this, Backlog = null, Key = null };
        _service = new(on, policy, playbooks, new(topic, null));
    }

    /// <summary>An event in the shape of AWS Config's about the bucket's versioning.</summary>
    public Task<Outcome> EventAsync(ResourceKey bucket, Compliance compliance, CancellationToken ct) => _service.Pipeline.RunAsync(
        new ComplianceChange
        {
            Resource = bucket,
            Rule = new(_rule.Name, _rule.Arn),
            Compliance = compliance,
            RecordedAt = _recordedAt = Later(_clock.GetUtcNow()),
        },
        ct);

    public Task<Outcome> SayAsync(OperatorVerb verb, string incident, CancellationToken ct) =>
        _service.Operator.RunAsync(new(verb, incident, "exercise", "an exercise", Force: false), ct);

    public Task<ConfigRule?> RuleAsync(string account, string region, RuleRef rule, CancellationToken ct) =>
        Task.FromResult<ConfigRule?>(_rule);

    public Task<RuleRef?> RuleNamedAsync(string account, string region, string name, CancellationToken ct) =>
        Task.FromResult<RuleRef?>(new(_rule.Name, _rule.Arn));

    public Task<IReadOnlyDictionary<string, Compliance>> EvaluationsAsync(ResourceKey resource, string region, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, Compliance>>(new Dictionary<string, Compliance>());

    public Task<DateTimeOffset?> CreatedAsync(ResourceKey resource, CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

    public Task<Evaluation?> EvaluationAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct) =>
        Task.FromResult<Evaluation?>(null);

    public Task ReevaluateAsync(string account, string region, IReadOnlyList<string> ruleNames, CancellationToken ct) => Task.CompletedTask;

    /// <summary>An event that is no newer than the one before says nothing new.</summary>
    private DateTimeOffset Later(DateTimeOffset now) => now > _recordedAt ? now : _recordedAt.AddMilliseconds(1);
}
