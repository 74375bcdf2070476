using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Rules;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Tests.Checks;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

/// <summary>The service with the playbook of docs/playbooks.md that starts a runbook, and an AWS with one key and SSM Automation.</summary>
internal sealed class RunbookStage : IAws, IAwsAccounts, IConfigService, IPublisher, ITags, IDisposable
{
    private const string Rule = "CMK_BACKING_KEY_ROTATION_ENABLED";
    private static readonly ResourceKey Key = new(FakeAws.Account, FakeAws.Region, "AWS::KMS::Key", "some-key");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runbook");
    private readonly TestClock _clock = new();
    private readonly MemoryJournal _journal;
    private readonly Composition _service;
    private int _looks;
    private string? _incident;

    public RunbookStage()
    {
        var example = Regex.Match(File.ReadAllText(Repository.PathOf("docs", "playbooks.md")), "```yaml\n(summary: Turns on rotation.*?)```", RegexOptions.Singleline);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "kms"));
        File.WriteAllText(Path.Combine(_folder.FullName, "kms", "rotation.yaml"), example.Groups[1].Value);
        var library = new PlaybookLibrary(_folder.FullName);
        File.WriteAllText(Path.Combine(_folder.FullName, PlaybookLibrary.IndexFile), PlaybookLibrary.Index([library.Load("kms/rotation")]));
        _journal = new(_clock, TimeSpan.FromMinutes(5));
        var policy = PolicyReader.Read("policy.yaml", "defaults: {mode: auto, owner: a, environment: test, params: {role: 'arn:aws:iam::123456789012:role/Automation'}}");
        _service = new(new Foundation(this, _journal, this, this, this, _clock, NullLoggerFactory.Instance), policy, library, new("arn:aws:sns:us-east-1:123456789012:people", null));
    }

    /// <summary>The statuses of an execution, one a look; the last one stays.</summary>
    public string[] Looks { get; set; } = ["Success"];

    /// <summary>Whether the runbook does what it is for.</summary>
    public bool Works { get; set; } = true;

    public bool CrashAfterStart { get; set; }

    public bool Rotates { get; private set; }

    public List<(string Document, string Token)> Started { get; } = [];

    public List<Message> Notices { get; } = [];

    public Task<Outcome> EventAsync() => _service.Pipeline.RunAsync(Some.Change(Some.Rule(), Key, _clock.GetUtcNow()), CancellationToken.None);

    public Task<Outcome> UndoAsync(Incident incident) =>
        _service.Operator.RunAsync(new(OperatorVerb.Undo, incident.Id, "tester", null, Force: false), CancellationToken.None);

    public async Task SweepAsync()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        await _service.Sweeper.SweepAsync(CancellationToken.None);
    }

    public async Task<Incident> OnlyIncidentAsync()
    {
        _incident ??= (await _journal.FindOpenAsync(Incident.KeyOf(Key, Some.Rule()), CancellationToken.None))!.Id;
        return (await _journal.FindAsync(IncidentId.TryParse(_incident, out var id) ? id : default, CancellationToken.None))!;
    }

    public IAws For(string account, string region) => this;

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) => Task.FromResult(operation switch
    {
        "kms:GetKeyRotationStatus" => Json.Parse(Rotates ? """{"KeyRotationEnabled":true}""" : """{"KeyRotationEnabled":false}"""),
        Runbook.Start => Start(input),
        Runbook.Look => Json.Parse($$$"""{"AutomationExecution":{"AutomationExecutionStatus":"{{{Looks[Math.Min(_looks++, Looks.Length - 1)]}}}","FailureMessage":"Step 2 had no permission"}}"""),
        _ => throw new NotSupportedException(operation),
    });

    public async IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return await CallAsync(operation, input, ct);
    }

    public Task<ConfigRule?> RuleAsync(string account, string region, RuleRef rule, CancellationToken ct) =>
        Task.FromResult<ConfigRule?>(new(rule.Name, rule.Arn, "AWS", Rule, Json.EmptyObject));

    public Task<Evaluation?> EvaluationAsync(ResourceKey resource, string region, RuleRef rule, CancellationToken ct) => Task.FromResult<Evaluation?>(null);

    public Task ReevaluateAsync(string account, string region, IReadOnlyList<string> ruleNames, CancellationToken ct) => Task.CompletedTask;

    public Task PublishAsync(Message message, CancellationToken ct)
    {
        Notices.Add(message);
        return Task.CompletedTask;
    }

    public Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct) =>
        Task.FromResult(ImmutableDictionary<string, string>.Empty);

    public void Dispose() => _folder.Delete(recursive: true);

    private JsonElement Start(JsonElement input)
    {
        var token = input.TextOf("ClientToken")!;
        var isNew = Started.All(s => s.Token != token);
        Started.Add((input.TextOf("DocumentName")!, token));
        if (isNew && CrashAfterStart)
        {
            throw new TimeoutException("The process ended.");
        }

        Rotates = Works ? input.TextOf("DocumentName") is "Company-EnableKeyRotation" : Rotates;
        _looks = 0;
        return Json.Parse($$"""{"AutomationExecutionId":"execution-{{Started.Count}}"}""");
    }
}
