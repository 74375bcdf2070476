using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>The SDK's standard retries, counted, on the injected clock, and with this client's view of what is worth one.</summary>
internal sealed class CountingRetryPolicy(ServiceConfig config) : StandardRetryPolicy(config)
{
    private readonly TimeProvider clock = config.Options.Clock;

    public override bool IsThrottlingError(Exception exception) =>
        exception is ServiceFault fault ? fault.Fault == AwsFault.Throttling : base.IsThrottlingError(exception);

    public override bool IsTransientError(IExecutionContext executionContext, Exception exception) =>
        exception is ServiceFault fault ? fault.Fault == AwsFault.Transient : base.IsTransientError(executionContext, exception);

    public override async Task WaitBeforeRetryAsync(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        var call = (ServiceCall)context.OriginalRequest;
        var delay = Delay(context.Retries);
        call.Backoff += delay;
        call.Attempts = context.Retries + 1;
        await Task.Delay(delay, clock, context.CancellationToken);
    }

    // Full jitter over a delay that doubles, as the SDK's own; that one is not to be had from outside.
    private TimeSpan Delay(int retry) =>
        TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(Math.Pow(2, retry - 1) * 1000, MaxBackoffInMilliseconds));
}
