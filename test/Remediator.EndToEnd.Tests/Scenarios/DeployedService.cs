using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>
/// The published function as deployed: a process for each handler, started at its first use, which share a journal, a topic and a proxy
/// in front of the emulator.
/// </summary>
internal sealed class DeployedService : IAsyncDisposable
{
    public const string MemberRole = "Remediator";

    public const string OwnRole = $"arn:aws:iam::{TemplateDeployer.Account}:role/AccountRole";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly string _executable;
    private readonly Dictionary<string, FunctionProcess> _processes = new(StringComparer.Ordinal);
    private readonly List<FunctionProcess> _started = [];
    private readonly string _journalKey;
    private readonly string _policyFile = Path.GetTempFileName();

    private DeployedService(World world, string executable, string journalKey, JournalTable table, NoticeQueue notices)
    {
        (_executable, _journalKey, Table, Notices, Proxy) = (executable, journalKey, table, notices, FaultyProxy.Start(world.Emulator.Url));
        Proxy.Automations.Add(InstanceResizing.Document, new InstanceResizing(world.Emulator.Url).RunAsync);
    }

    public JournalTable Table { get; }

    public NoticeQueue Notices { get; }

    /// <summary>The queue to which the sweep hands over what is due; until it is set, the sweep does everything itself.</summary>
    public string QueueUrl { get; set; } = "";

    public FaultyProxy Proxy { get; }

    /// <summary>Where processes that are started from now on send their spans; null where nothing is traced.</summary>
    public string? TraceDaemon { get; set; }

    public static async Task<DeployedService> StartAsync(World world, string executable, CancellationToken ct)
    {
        var name = $"remediator-{Guid.NewGuid():N}";
        var key = await world.Aws.CallAsync("kms:CreateKey", Json.Parse("""{"KeySpec":"HMAC_256","KeyUsage":"GENERATE_VERIFY_MAC"}"""), ct);
        var keyId = key.Member("KeyMetadata").TextOf("KeyId")!;
        return new(
            world,
            executable,
            keyId,
            await JournalTable.CreateAsync(world.Dynamo, name, new JournalKey(world.Aws, keyId, name, mayReadWithout: false), ct),
            await NoticeQueue.CreateAsync(world.Aws, world.Sqs, name, ct));
    }

    /// <summary>Restarts the deployment with this policy.</summary>
    public async Task UsePolicyAsync(string yaml, CancellationToken ct)
    {
        await File.WriteAllTextAsync(_policyFile, yaml, ct);
        await RestartAsync();
    }

    /// <summary>Starts new processes: only the journal's content remains.</summary>
    public async Task RestartAsync()
    {
        foreach (var process in _started)
        {
            await process.DisposeAsync();
        }

        _started.Clear();
        _processes.Clear();
    }

    /// <summary>The process of a handler.</summary>
    public FunctionProcess Process(string handler)
    {
        if (!_processes.TryGetValue(handler, out var process))
        {
            _processes[handler] = process = Start(handler);
        }

        return process;
    }

    /// <summary>Another process of a handler, as Lambda starts one for each concurrent batch.</summary>
    public FunctionProcess Start(string handler)
    {
        var process = FunctionProcess.Start(_executable, Environment(handler));
        _started.Add(process);
        return process;
    }

    /// <summary>Delivers one batch, as the queue does.</summary>
    /// <exception cref="EmulatorException">The process ended, or cannot start.</exception>
    public async Task<IReadOnlyList<Ended>> DeliverAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        var records = bodies.Select((body, i) => new JsonObject
        {
            ["messageId"] = $"m{i}",
            ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["eventSource"] = "aws:sqs",
        });
        var batch = new JsonObject { ["Records"] = new JsonArray([.. records]) };
        var answer = await InvokeAsync("remediate", batch, ct);
        var failed = answer.Member("batchItemFailures").EnumerateArray().Select(f => f.TextOf("itemIdentifier")).ToHashSet();
        var log = await BatchLog.ReadAsync(Process("remediate").Output, ct);
        return [.. bodies.Select((_, i) => log.Ended($"m{i}", failed.Contains($"m{i}")))];
    }

    public async Task<Ended> OperateAsync(OperatorCommand command, CancellationToken ct)
    {
        var answer = await InvokeAsync("operate", new JsonObject
        {
            ["command"] = command.Verb.ToString().ToLowerInvariant(),
            ["incident"] = command.Incident,
            ["by"] = command.By,
            ["why"] = command.Why,
            ["force"] = command.Force,
        }, ct);
        return new(answer.TextOf("outcome") is "busy", answer.TextOf("outcome") ?? "", answer.TextOf("incident"), answer.TextOf("why"));
    }

    public async Task<int> SweepAsync(CancellationToken ct) => (await InvokeAsync("sweep", [], ct)).Member("seen").GetInt32();

    /// <summary>The answer of a handler to a payload; an invocation error throws.</summary>
    public async Task<JsonElement> InvokeAsync(string handler, JsonObject payload, CancellationToken ct)
    {
        var answer = await Process(handler).InvokeAsync(Encoding.UTF8.GetBytes(payload.ToJsonString()), Timeout, ct);
        var text = Encoding.UTF8.GetString(answer.Payload);
        return answer.IsError ? throw new InvalidOperationException($"{handler} failed: {text}") : Json.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        await RestartAsync();
        await Proxy.DisposeAsync();
        File.Delete(_policyFile);
    }

    private Dictionary<string, string> Environment(string handler) => new(StringComparer.Ordinal)
    {
        ["REMEDIATOR_HANDLER"] = handler,
        ["REMEDIATOR_JOURNAL_TABLE"] = Table.Name,
        ["REMEDIATOR_JOURNAL_KEY"] = _journalKey,
        ["REMEDIATOR_ESCALATION_TOPIC_ARN"] = Notices.Topic,
        ["REMEDIATOR_ACCOUNT_ID"] = TemplateDeployer.Account,
        ["REMEDIATOR_OWN_ROLE"] = OwnRole,
        ["REMEDIATOR_MEMBER_ROLE"] = MemberRole,
        ["REMEDIATOR_POLICY"] = _policyFile,
        ["AWS_REGION"] = TemplateDeployer.Region,
        ["AWS_ACCESS_KEY_ID"] = World.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = "testing",
        ["AWS_ENDPOINT_URL"] = Proxy.Url.AbsoluteUri,
        ["REMEDIATOR_QUEUE_URL"] = QueueUrl,
        ["REMEDIATOR_TRACES"] = TraceDaemon is null ? "off" : "xray",
        ["AWS_XRAY_DAEMON_ADDRESS"] = TraceDaemon ?? "",
    };
}
