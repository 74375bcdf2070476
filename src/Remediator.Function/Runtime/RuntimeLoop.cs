using Microsoft.Extensions.Logging;
using Remediator.Authoring.Catalog;
using Remediator.Function.Handlers;
using Remediator.Function.Tracing;

namespace Remediator.Function.Runtime;

/// <summary>Takes one invocation after another from the Runtime API, until asked to stop or until the Runtime API fails.</summary>
internal sealed partial class RuntimeLoop(RuntimeApi api, IHandler handler, ILoggerFactory logs, TimeProvider clock)
{
    /// <summary>How long before Lambda's deadline a handler is told to come to an end.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    // The variable that AWS's SDKs take the trace header from; one process serves one invocation at a time.
    private const string TraceVariable = "_X_AMZN_TRACE_ID";

    private readonly ILogger log = logs.CreateLogger<RuntimeLoop>();

    /// <exception cref="RuntimeApiException">The Runtime API is in a state that it cannot leave.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await NextAsync(stopping) is { } invocation)
        {
            using (log.BeginScope(new RequestScope(invocation.RequestId)))
            {
                await ServeAsync(invocation, stopping);
            }
        }

        Log.Stopped(log);
    }

    private async Task<Invocation?> NextAsync(CancellationToken stopping)
    {
        try
        {
            return stopping.IsCancellationRequested ? null : await api.NextAsync(clock, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ServeAsync(Invocation invocation, CancellationToken stopping)
    {
        Environment.SetEnvironmentVariable(TraceVariable, invocation.TraceId.Length > 0 ? invocation.TraceId : null);
        using var span = Spans.Of(invocation);
        ReadOnlyMemory<byte> response;
        try
        {
            using var deadline = Deadline.Of(invocation.Deadline, Margin, clock, stopping);
            response = await handler.HandleAsync(invocation, deadline.Token);
        }
        catch (Exception fault)
        {
            Log.Failed(log, fault);
            await ReportAsync(invocation, RuntimeError.Of(fault));
            return;
        }

        await RespondAsync(invocation, response);
    }

    // Answers are delivered on no token: a process that is asked to stop still owes the answer to what it has done.
    private async Task RespondAsync(Invocation invocation, ReadOnlyMemory<byte> response)
    {
        switch (await api.RespondAsync(invocation.RequestId, response, CancellationToken.None))
        {
            case Delivery.TooLarge:
                await ReportAsync(invocation, RuntimeError.TooLarge(response.Length));
                break;
            case Delivery.Refused:
                Log.Refused(log, "response");
                break;
        }
    }

    private async Task ReportAsync(Invocation invocation, RuntimeError error)
    {
        if (await api.ReportErrorAsync(invocation.RequestId, error, CancellationToken.None) is not Delivery.Accepted)
        {
            Log.Refused(log, "error");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7101, LogLevel.Error, "The invocation failed")]
        public static partial void Failed(ILogger log, Exception fault);

        [LoggerMessage(7102, LogLevel.Warning, "The Runtime API did not take the {Answer}: the invocation is over")]
        public static partial void Refused(ILogger log, string answer);

        [LoggerMessage(7103, LogLevel.Information, "Stopped as asked")]
        public static partial void Stopped(ILogger log);
    }
}
