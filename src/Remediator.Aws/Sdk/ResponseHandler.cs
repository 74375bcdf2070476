using System.Buffers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws.Customisations;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Reads responses: outputs into JSON, errors into <see cref="ServiceFault"/>.</summary>
internal sealed class ResponseHandler(TimeSpan timeout) : PipelineHandler
{
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
            var answer = await BodyReader.ReadAsync(failed.Response, timeout, context.CancellationToken);
            throw Fault(operation, answer);
        }

        var response = await BodyReader.ReadAsync(executionContext.ResponseContext.HttpResponse, timeout, context.CancellationToken);
        var output = Read(operation, response);
        executionContext.ResponseContext.Response = output;
        return (T)(AmazonWebServiceResponse)output;
    }

    private static ServiceOutput Read(OperationModel operation, WireResponse response)
    {
        if (S3Answers.IsErrorDespiteSuccess(operation, response))
        {
            var error = Protocol.Of(operation.Service.Protocol).ReadError(operation, response);
            throw new ServiceFault(error, response, AwsFault.Transient);
        }

        try
        {
            return new ServiceOutput { Value = OutputCustomisation.Apply(operation, response, ReadOutput(operation, response)) };
        }
        catch (Exception malformed) when (malformed is MalformedResponseException or JsonException or InvalidOperationException or ArgumentException)
        {
            var error = new WireError("MalformedResponse", malformed.Message, response.RequestId, WireError.NoMembers);
            throw new ServiceFault(error, response, AwsFault.Transient, malformed);
        }
    }

    private static JsonElement ReadOutput(OperationModel operation, WireResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, response.Body.Length));
        using (var output = new Utf8JsonWriter(buffer, Output.Options))
        {
            Protocol.Of(operation.Service.Protocol).Read(operation, response, output);
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 1000 });
    }

    private static ServiceFault Fault(OperationModel operation, WireResponse response)
    {
        var error = Protocol.Of(operation.Service.Protocol).ReadError(operation, response);
        var shape = operation.Error(error.Code);
        var fault = shape switch
        {
            { Throttling: true } => AwsFault.Throttling,
            { Retryable: true } => AwsFault.Transient,
            _ => FaultClassifier.Classify(error.Code, response.Status),
        };
        return new ServiceFault(error, response, fault);
    }
}
