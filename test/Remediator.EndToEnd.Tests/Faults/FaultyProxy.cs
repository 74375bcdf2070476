using System.Net;
using System.Text;
using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// A proxy between the function and the emulator: counts and lists the calls, makes any of them fail, and answers what the
/// emulator's Config lacks.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Upstream _upstream;
    private readonly Lock _gate = new();
    private readonly List<WireCall> _calls = [];

    private FaultyProxy(Uri emulator)
    {
        _upstream = new(emulator);
        _listener = LoopbackListener.Start(AnswerAsync);
    }

    /// <summary>The function's AWS_ENDPOINT_URL.</summary>
    public Uri Url => _listener.Url;

    public FaultTable Faults { get; } = new();

    public EvaluationTable Evaluations { get; } = new();

    public FakeAutomations Automations { get; } = new();

    public ProcessCrash Crash { get; } = new();

    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>All requests in order, including repeated ones.</summary>
    public IReadOnlyList<WireCall> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public static FaultyProxy Start(Uri emulator) => new(emulator);

    public void Forget()
    {
        lock (_gate)
        {
            _calls.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var body = await Upstream.ReadAsync(context.Request.InputStream);
        var call = WireReader.Read(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers, body);
        lock (_gate)
        {
            _calls.Add(call);
        }

        if (Crash.IsHere(call.Operation))
        {
            await DieAsync(context, call);
            return;
        }

        switch (Faults.Take(call.Operation))
        {
            case null:
                await PassAsync(context, call);
                break;
            case FaultKind.Delay:
                await Task.Delay(Delay);
                await PassAsync(context, call);
                break;
            case FaultKind.Drop:
                await LoopbackListener.CutAsync(context);
                break;
            case FaultKind.DoNothing:
                await Upstream.SendAsync(context, WireAnswer.Success(call));
                break;
            case FaultKind.Truncate:
                await Upstream.TruncateAsync(context, await DoAsync(context, call));
                break;
            case FaultKind.DoneButFails:
                (await DoAsync(context, call)).Dispose();
                await Upstream.SendAsync(context, WireAnswer.Error(call, FaultKind.Transient));
                break;
            case FaultKind fault:
                await Upstream.SendAsync(context, WireAnswer.Error(call, fault));
                break;
        }
    }

    private async Task DieAsync(HttpListenerContext context, WireCall call)
    {
        if (Crash.IsAfter)
        {
            (await DoAsync(context, call)).Dispose();
        }

        await Crash.KillAsync();
        context.Response.Abort();
    }

    private async Task PassAsync(HttpListenerContext context, WireCall call)
    {
        using var response = await DoAsync(context, call);
        await Upstream.CopyAsync(response, context);
    }

    private async Task<HttpResponseMessage> DoAsync(HttpListenerContext context, WireCall call) =>
        (await StandInAsync(call))?.ToResponse() ?? await _upstream.DoAsync(context.Request, call.Body);

    // The emulator stores Config's rules but never evaluates them, and runs no automations.
    private async Task<WireAnswer?> StandInAsync(WireCall call) => call.Operation switch
    {
        "config:GetComplianceDetailsByResource" => WireAnswer.Json(200, Evaluations.Answer(Input(call)).GetRawText()),
        "config:StartConfigRulesEvaluation" => WireAnswer.Json(200, "{}"),
        var operation when FakeAutomations.Answers(operation) => await AutomationAsync(call),
        _ => null,
    };

    private async Task<WireAnswer> AutomationAsync(WireCall call)
    {
        try
        {
            return WireAnswer.Json(200, (await Automations.AnswerAsync(call.Operation, Input(call))).GetRawText());
        }
        catch (AwsException refused)
        {
            return WireAnswer.Error(call, refused.Code, refused.Status);
        }
    }

    private static JsonElement Input(WireCall call) => Json.Parse(Encoding.UTF8.GetString(call.Body));
}
