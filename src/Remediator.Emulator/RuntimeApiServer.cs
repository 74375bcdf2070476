using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Remediator.Emulator;

/// <summary>Lambda's side of the Lambda Runtime API as AWS documents it, for one function process at a time.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    // The documented limit of 6 MB, plus the allowance of Lambda's own emulator.
    internal const int LargestResponse = (6 * 1024 * 1024) + 100;

    internal const string FunctionArn = $"arn:aws:lambda:{TemplateDeployer.Region}:{TemplateDeployer.Account}:function:remediator";

    private const string Root = "/2018-06-01/runtime/";

    private readonly LoopbackListener listener;
    private readonly InvocationQueue queue = new();
    private readonly ConcurrentDictionary<string, PendingInvocation> running = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<FunctionAnswer> initError = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RuntimeApiServer() => listener = LoopbackListener.Start(AnswerAsync);

    /// <summary>The value for AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address => listener.Address;

    /// <summary>Completes when a function reports that it cannot start.</summary>
    public Task<FunctionAnswer> InitError => initError.Task;

    /// <summary>Lets tests simulate failures of the API: returns a status for a path, or null to serve it.</summary>
    public Func<string, HttpStatusCode?> Fault { get; set; } = static _ => null;

    /// <summary>The trace of the next invocation, as Lambda names it where a function is not traced.</summary>
    public Func<string> Trace { get; set; } = static () =>
        $"Root=1-{Guid.NewGuid().ToString("N").Insert(8, "-")};Parent=53995c3f42cd8ad8;Sampled=0";

    public static RuntimeApiServer Start() => new();

    /// <summary>Sends <paramref name="payload"/> to the function and waits for its answer.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="timeout">The function's timeout.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="alias">The alias that is invoked; null for the function itself.</param>
    public Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan timeout, CancellationToken ct, string? alias = null)
    {
        var pending = new PendingInvocation(Guid.NewGuid().ToString(), payload, timeout)
        {
            FunctionArn = alias is null ? FunctionArn : $"{FunctionArn}:{alias}",
        };
        queue.Add(pending);
        return pending.Answer.Task.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await listener.DisposeAsync();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var body = await ReadAsync(context.Request);
        if (Fault(path) is { } fault)
        {
            await Reply.ErrorAsync(context, fault, "Container error", "InternalServerError");
            return;
        }

        switch (path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [])
        {
            case ["invocation", "next"]:
                await NextAsync(context);
                break;
            case ["invocation", var id, "response"]:
                await CompleteAsync(context, id, isError: false, body);
                break;
            case ["invocation", var id, "error"]:
                await CompleteAsync(context, id, isError: true, body);
                break;
            case ["init", "error"]:
                initError.TrySetResult(Answer(context.Request, "", isError: true, body));
                await Reply.AcceptedAsync(context);
                break;
            default:
                await Reply.ErrorAsync(context, HttpStatusCode.NotFound, "No such path", "NotFound");
                break;
        }
    }

    private async Task NextAsync(HttpListenerContext context)
    {
        if (await queue.TakeAsync() is not { } pending)
        {
            context.Response.Abort();
            return;
        }

        running[pending.RequestId] = pending;
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = pending.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            (DateTimeOffset.UtcNow + pending.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = pending.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = Trace();
        // A listener of .NET closes a connection that is idle for 15 seconds, and the answer of an invocation that took as long would
        // meet that moment. Lambda does not: the answer comes over a connection of its own.
        context.Response.KeepAlive = false;
        await Reply.SendAsync(context, HttpStatusCode.OK, pending.Payload);
    }

    private async Task CompleteAsync(HttpListenerContext context, string id, bool isError, byte[] body)
    {
        if (!running.TryGetValue(id, out var pending))
        {
            await Reply.ErrorAsync(context, HttpStatusCode.BadRequest, "Invalid request ID", "InvalidRequestID");
        }
        else if (!isError && body.Length > LargestResponse)
        {
            await Reply.ErrorAsync(
                context, HttpStatusCode.RequestEntityTooLarge, "Exceeded maximum allowed payload size", "RequestEntityTooLarge");
        }
        else
        {
            running.TryRemove(id, out _);
            await Reply.AcceptedAsync(context);
            pending.Answer.TrySetResult(Answer(context.Request, id, isError, body));
        }
    }

    private static FunctionAnswer Answer(HttpListenerRequest request, string id, bool isError, byte[] body) =>
        new(id, isError, request.Headers["Lambda-Runtime-Function-Error-Type"], request.ContentType, body);

    private static async Task<byte[]> ReadAsync(HttpListenerRequest request)
    {
        using var buffer = new MemoryStream();
        await request.InputStream.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
