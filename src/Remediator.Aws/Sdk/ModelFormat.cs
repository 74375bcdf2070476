using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Customisations;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Requests and answers as a service's model describes them: outputs as JSON, errors as <see cref="ServiceFault"/>.</summary>
internal sealed class ModelFormat(ServiceConfig config) : IWireFormat
{
    /// <summary>How far a signature's time may be from the service's clock.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    private readonly Addressing addressing = new(config);

    public void Address(IRequestContext call) => addressing.Address((ServiceCall)call.OriginalRequest, call.Request);

    public AWSCredentials? Keys(IRequestContext call) =>
        (ServiceCall)call.OriginalRequest is { Operation.IsSigned: true } signed ? signed.Keys : null;

    public Answer Read(IRequestContext call, WebAnswer answer)
    {
        var operation = ((ServiceCall)call.OriginalRequest).Operation;
        var response = Decompression.Apply(operation, new WireResponse(answer, answer.Body));

        // A redirect is an error here: only S3's are followed, and not by HTTP.
        return response.Status < 300 ? Read(operation, response) : new(null, Fault(operation, response, answer));
    }

    // An error is an everyday answer, "not set" for one, and costs more the more methods it is thrown through.
    public AmazonWebServiceResponse? Failure(Exception fault) => fault is ServiceFault ? new ServiceOutput { Fault = fault } : null;

    private static Answer Read(OperationModel operation, WireResponse response)
    {
        if (S3Answers.IsErrorDespiteSuccess(operation, response))
        {
            return new(null, new ServiceFault(ReadError(operation, response), response, AwsFault.Transient));
        }

        try
        {
            return new(new ServiceOutput { Value = OutputCustomisation.Apply(operation, response, ReadOutput(operation, response)) }, null);
        }
        catch (Exception malformed) when (MalformedResponseException.IsBehind(malformed))
        {
            var error = new WireError("MalformedResponse", malformed.Message, response.RequestId, WireError.NoMembers);
            return new(null, new ServiceFault(error, response, AwsFault.Transient, malformed));
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
    private ServiceFault Fault(OperationModel operation, WireResponse response, WebAnswer answer)
    {
        var error = ReadError(operation, response);
        var shape = operation.Error(error.Code);
        var kind = new ErrorAnswer(operation.FullName, error.Code, response.Status)
        {
            Message = error.Message,
            OfModel = shape is { Retryable: true } ? shape.Throttling ? AwsFault.Throttling : AwsFault.Transient : null,
            ClockDiffers = ClockDiffers(response),
        };
        return new ServiceFault(error, response, FaultClassifier.Classify(kind), new HttpErrorResponseException(answer));
    }

    private bool ClockDiffers(WireResponse response) =>
        response.Header("Date") is { } date && Timestamps.TryRead(date, out var theirs)
            && (config.Options.Clock.GetUtcNow() - theirs).Duration() > LargestSkew;
}
