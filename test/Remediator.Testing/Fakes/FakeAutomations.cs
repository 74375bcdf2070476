using System.Collections.Concurrent;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>
/// SSM Automation, which the emulator does not run. Its responses have AWS's format, it recognises a repeated start by its token, and it
/// makes the change of a runbook by the time the run has succeeded.
/// </summary>
internal sealed class FakeAutomations
{
    public const string Start = "ssm:StartAutomationExecution";
    public const string Look = "ssm:GetAutomationExecution";

    private readonly ConcurrentDictionary<string, Func<JsonElement, Task>> _runbooks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<AutomationRun>> _byToken = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<AutomationRun> _runs = [];

    /// <summary>The statuses of a run, one for each read; the last one stays.</summary>
    public string[] Looks { get; set; } = ["Success"];

    /// <summary>Whether runbooks make their change.</summary>
    public bool Works { get; set; } = true;

    /// <summary>All runs, in order.</summary>
    public IReadOnlyList<AutomationRun> Runs => [.. _runs];

    public static bool Answers(string operation) => operation is Start or Look;

    /// <summary>Adds a runbook.</summary>
    /// <param name="name">The document's name.</param>
    /// <param name="work">What it does with its parameters, each a list.</param>
    public void Add(string name, Func<JsonElement, Task> work) => _runbooks[name] = work;

    /// <exception cref="AwsException">AWS would give this error.</exception>
    public async Task<JsonElement> AnswerAsync(string operation, JsonElement input) =>
        operation is Start ? Started(input) : await LookedAtAsync(input.TextOf("AutomationExecutionId")!);

    private JsonElement Started(JsonElement input)
    {
        var (name, parameters) = (input.TextOf("DocumentName")!, input.Member("Parameters"));
        if (!_runbooks.TryGetValue(name, out var work))
        {
            throw Refused(Start, "AutomationDefinitionNotFoundException", $"Document with name {name} does not exist.");
        }

        var run = _byToken.GetOrAdd(input.TextOf("ClientToken")!, _ => new(() => Begun(name, parameters, work))).Value;
        return run.Document == name && run.Parameters == parameters.GetRawText()
            ? Json.Parse($$"""{"AutomationExecutionId":"{{run.Id}}"}""")
            : throw Refused(Start, "IdempotentParameterMismatch", "The parameters do not match the first call with this token.");
    }

    private AutomationRun Begun(string name, JsonElement parameters, Func<JsonElement, Task> work)
    {
        var run = new AutomationRun(name, parameters.GetRawText(), Looks, () => Works ? work(parameters) : Task.CompletedTask);
        _runs.Enqueue(run);
        return run;
    }

    private async Task<JsonElement> LookedAtAsync(string id) => _runs.FirstOrDefault(r => r.Id == id) is { } run
        ? await run.LookAsync()
        : throw Refused(Look, "AutomationExecutionNotFoundException", $"Automation execution {id} does not exist.");

    private static AwsException Refused(string operation, string code, string message) => new(operation, code, 400, "", message);
}
