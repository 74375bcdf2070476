using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>
/// Makes a span of each call of AWS, retries included, whichever of the SDK's clients makes it: what was called and how it ended, and
/// nothing of what was sent. Before it is registered nothing is in the way of a call.
/// </summary>
public sealed class CallTracing : IRuntimePipelineCustomizer
{
    /// <summary>The names of tags, after OpenTelemetry's conventions for calls of AWS.</summary>
    public const string Service = "rpc.service";
    public const string Method = "rpc.method";
    public const string Region = "cloud.region";
    public const string Status = "http.response.status_code";
    public const string Error = "error.type";

    public const string SourceName = "Remediator.Aws";

    private static readonly ActivitySource Source = new(SourceName);

    public string UniqueName => SourceName;

    /// <summary>From now on, for clients that are made later.</summary>
    public static void Register() => RuntimePipelineCustomizerRegistry.Instance.Register(new CallTracing());

    public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandler(new Handler());

    private sealed class Handler : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var (service, method, region) = Of(executionContext.RequestContext);
            using var span = Source.StartActivity(service, ActivityKind.Client);
            span?.SetTag(Service, service).SetTag(Method, method).SetTag(Region, region);
            try
            {
                var answer = await base.InvokeAsync<T>(executionContext);
                Close(span, (answer as object as ServiceOutput)?.Fault);
                return answer;
            }
            catch (Exception fault)
            {
                Close(span, fault);
                throw;
            }
        }

        private static void Close(Activity? span, Exception? fault)
        {
            if (fault is null)
            {
                span?.SetTag(Status, 200);
                return;
            }

            span?.SetTag(Error, (fault as AmazonServiceException)?.ErrorCode ?? fault.GetType().Name)
                .SetTag(Status, (int)((fault as AmazonServiceException)?.StatusCode ?? 0))
                .SetStatus(ActivityStatusCode.Error);
        }

        private static (string Service, string Method, string Region) Of(IRequestContext context) =>
            context.OriginalRequest is ServiceCall own
                ? (own.Operation.Service.Name, own.Operation.Name, own.Region)
                : (context.ServiceMetaData.ServiceId.ToLower(CultureInfo.InvariantCulture),
                    WithoutEnd(context.RequestName, "Request"),
                    context.ClientConfig.AuthenticationRegion ?? context.ClientConfig.RegionEndpoint?.SystemName ?? "");

        private static string WithoutEnd(string name, string end) =>
            name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;
    }
}
