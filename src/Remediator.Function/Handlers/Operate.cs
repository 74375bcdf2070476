using System.Text.Json;
using Remediator.Aws;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Function.Handlers;

/// <summary>Carries out one command of a person, or says what it sees.</summary>
internal sealed class Operate(Operator people, Inspector inspector) : IHandler
{
    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
        if (Inspect(invocation.Payload) is { } asked)
        {
            return JsonSerializer.SerializeToUtf8Bytes(await inspector.RunAsync(asked.Probe, ct), HandlerJson.Default.Inspection);
        }

        var outcome = await RunAsync(invocation.Payload, ct);
        var answer = new OperateAnswer(outcome.Name, outcome.About?.Id, outcome.Reason);
        return JsonSerializer.SerializeToUtf8Bytes(answer, HandlerJson.Default.OperateAnswer);
    }

    private async Task<Outcome> RunAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        try
        {
            var request = JsonSerializer.Deserialize(payload.Span, HandlerJson.Default.OperateRequest)
                ?? throw new JsonException("It is null.");
            return await people.RunAsync(
                new(request.Command, request.Incident ?? "", request.By, request.Why, request.Force)
                {
                    Plan = request.Plan,
                    Match = request.Match?.Match,
                    Until = request.Until,
                    Order = request.Order ?? "",
                },
                ct);
        }
        catch (JsonException e)
        {
            return new Outcome.Refused(
                $"""That is no command: {e.Message} One looks like {"{"}"command":"undo","incident":"01AB-CD2E-3F4G","by":"name"{"}"}.""");
        }
    }

    /// <summary>Null where it is a command, or nothing that can be read: that is answered as a command is.</summary>
    private static InspectRequest? Inspect(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, HandlerJson.Default.InspectRequest) is { Inspect: true } asked ? asked : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
