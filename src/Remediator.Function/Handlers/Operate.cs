using System.Text.Json;
using Remediator.Aws;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Function.Handlers;

/// <summary>Carries out one command of a person.</summary>
internal sealed class Operate(Operator people) : IHandler
{
    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
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
                new(request.Command, request.Incident ?? "", request.By, request.Why, request.Force) { Plan = request.Plan }, ct);
        }
        catch (JsonException e)
        {
            return new Outcome.Refused(
                $"""That is no command: {e.Message} One looks like {"{"}"command":"undo","incident":"01AB-CD2E-3F4G","by":"name"{"}"}.""");
        }
    }
}
