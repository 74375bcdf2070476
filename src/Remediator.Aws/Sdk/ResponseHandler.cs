using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Customisations;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Reads responses: converts outputs into JSON and errors into <see cref="ServiceFault"/>.</summary>
internal sealed class ResponseHandler(AwsClientOptions options) : PipelineHandler
{
    /// <summary>How far a signature's time may be from the service's clock.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        var operation = ((ServiceCall)context.OriginalRequest).Operation;
        try
        {
            await base.InvokeAsync<T>(executionContext);
        }
        catch (HttpErrorResponseException failed)
        {
            var answer = Decompression.Apply(
                operation, await BodyReader.ReadAsync(failed.Response, options.AttemptTimeout, context.CancellationToken));
            throw Fault(operation, answer, failed);
        }

        var response = Decompression.Apply(
            operation, await BodyReader.ReadAsync(
                executionContext.ResponseContext.HttpResponse, options.AttemptTimeout, context.CancellationToken));

        // The SDK returns redirects as successful responses; this client treats them as errors.
        var output = response.Status < 300 ? Read(operation, response) : throw Fault(operation, response, null);
        executionContext.ResponseContext.Response = output;
        return (T)(AmazonWebServiceResponse)output;
    }

    private static ServiceOutput Read(OperationModel operation, WireResponse response)
    {
        if (S3Answers.IsErrorDespiteSuccess(operation, response))
        {
            throw new ServiceFault(ReadError(operation, response), response, AwsFault.Transient);
        }

        try
        {
            return new ServiceOutput { Value = OutputCustomisation.Apply(operation, response, ReadOutput(operation, response)) };
        }
        catch (Exception malformed) when (MalformedResponseException.IsBehind(malformed))
        {
            var error = new WireError("MalformedResponse", malformed.Message, response.RequestId, WireError.NoMembers);
            throw new ServiceFault(error, response, AwsFault.Transient, malformed);
        }
    }

    private static JsonElement ReadOutput(OperationModel operation, WireResponse response)
    {
        using var buffer = new PooledBuffer(response.Body.Length);
        using (var output = new Utf8JsonWriter(buffer, Output.Options))
        {
            Protocol.Of(operation.Service.Protocol).Read(operation, response, output);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 1000 });
    }

    private static WireError ReadError(OperationModel operation, WireResponse response)
    {
        try
        {
            return Protocol.Of(operation.Service.Protocol).ReadError(operation, response);
        }
        catch (Exception malformed) when (MalformedResponseException.IsBehind(malformed))
        {
            // An error that cannot be read is still an error.
            return WireError.OfStatus(response);
        }
    }

    // The SDK reads the service's clock from the inner exception.
    private ServiceFault Fault(OperationModel operation, WireResponse response, HttpErrorResponseException? inner)
    {
        var error = ReadError(operation, response);
        var shape = operation.Error(error.Code);
        var answer = new ErrorAnswer(operation.FullName, error.Code, response.Status)
        {
            Message = error.Message,
            OfModel = shape is { Retryable: true } ? shape.Throttling ? AwsFault.Throttling : AwsFault.Transient : null,
            ClockDiffers = ClockDiffers(response),
        };
        return new ServiceFault(error, response, FaultClassifier.Classify(answer), inner);
    }

    private bool ClockDiffers(WireResponse response) =>
        response.Header("Date") is { } date && Timestamps.TryRead(date, out var theirs)
            && (options.Clock.GetUtcNow() - theirs).Duration() > LargestSkew;
}
