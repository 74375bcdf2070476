using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>The SDK's standard retries, with a count, the injected clock, and this client's classification of retryable errors.</summary>
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

    // Exponential backoff with full jitter, like the SDK's own, which is not accessible from outside.
    private TimeSpan Delay(int retry) =>
        TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(Math.Pow(2, retry - 1) * 1000, MaxBackoffInMilliseconds));
}
