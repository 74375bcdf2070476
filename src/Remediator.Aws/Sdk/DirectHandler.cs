using System.Globalization;
using System.Runtime.ExceptionServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.UserAgent;

namespace Remediator.Aws.Sdk;

/// <summary>
/// One handler in place of the fourteen of the SDK's pipeline: it writes the request, and for each attempt signs it, sends it and reads the
/// answer. What the SDK knows is asked of it: how to sign, what to try again and when, which headers to send. Outermost, it
/// calls no other handler.
/// </summary>
/// <remarks>
/// Each handler of the SDK is a generic method, which the native build looks up when it is first called, and an error is thrown and caught
/// again by each of them. That was a tenth of a cold start's processor time and a sixth of a warm event's.
/// </remarks>
public sealed class DirectHandler(RetryPolicy retries, IWireFormat format, HttpClient http, TimeProvider time) : Marshaller
{
    private static readonly ExactSigner Signer = new();

    private readonly ServiceClock clock = new(time);

    /// <summary>For the client of an official package.</summary>
    public static DirectHandler Of(ClientConfig config, Uri endpoint, string region, AwsClientOptions options) => new(
        new StandardRetryPolicy(config),
        new TypedFormat(endpoint, region),
        new SharedHttp(options.HttpHandler, options.AttemptTimeout).Client,
        options.Clock);

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext) => (T)await RunAsync(executionContext);

    private async Task<AmazonWebServiceResponse> RunAsync(IExecutionContext context)
    {
        var call = context.RequestContext;
        PreInvoke(context);
        call.UserAgentDetails.AddFeature(UserAgentFeatureId.RETRY_MODE_STANDARD);
        format.Address(call);
        call.Request.Headers["User-Agent"] = call.UserAgentDetails.GenerateUserAgentWithMetrics();
        call.Request.Headers["amz-sdk-invocation-id"] = call.InvocationId.ToString();
        while (true)
        {
            var begun = clock.Now;
            var answer = await TryAsync(call);
            if (answer.Response is { } response)
            {
                retries.NotifySuccess(context);
                return response;
            }

            if (!MayCorrect(call, answer.Fault!, begun) && !await retries.RetryAsync(context, answer.Fault!))
            {
                return format.Failure(answer.Fault!) ?? throw Again(answer.Fault!);
            }

            call.Retries++;
            await retries.WaitBeforeRetryAsync(context);
        }
    }

    // With the stack of where it was thrown first, if it was.
    private static Exception Again(Exception fault)
    {
        ExceptionDispatchInfo.Throw(fault);
        return fault;
    }

    private bool MayCorrect(IRequestContext call, Exception fault, DateTime begun) =>
        call.Retries < retries.MaxRetries && clock.Corrects(fault, begun);

    private async Task<Answer> TryAsync(IRequestContext call)
    {
        try
        {
            call.Request.Headers["amz-sdk-request"] = string.Create(
                CultureInfo.InvariantCulture, $"attempt={call.Retries + 1}; max={retries.MaxRetries + 1}");
            if (format.Keys(call) is { } source)
            {
                var keys = await source.GetCredentialsAsync().WaitAsync(call.CancellationToken);
                Signer.Sign(call.Request, call.ClientConfig, keys, clock.Now);
            }

            return format.Read(call, await WebCall.SendAsync(http, call.Request, call.CancellationToken));
        }
        catch (Exception fault) when (!call.CancellationToken.IsCancellationRequested)
        {
            return new(null, fault);
        }
    }
}
