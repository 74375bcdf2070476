using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Function.Handlers;

/// <summary>Carries out one command of a person, or says what it sees.</summary>
internal sealed class Operate(Operator people, Inspector inspector) : IHandler
{
    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
        if (UrlRequest.IsFor(invocation))
        {
            return Answer(await RunAsync(() => Command(UrlRequest.Read(invocation.Payload), RegionOf(invocation)), ct));
        }

        if (Inspect(invocation.Payload) is { } asked)
        {
            return JsonSerializer.SerializeToUtf8Bytes(await inspector.RunAsync(asked.Probe, ct), HandlerJson.Default.Inspection);
        }

        return Answer(await RunAsync(() => Command(invocation.Payload.Span, RegionOf(invocation)), ct));
    }

    private static byte[] Answer((OperatorVerb? Verb, Outcome Outcome) ended)
    {
        var (outcome, plan) = (ended.Outcome, ended.Verb is OperatorVerb.Rollback ? ended.Outcome.Plan : null);
        return JsonSerializer.SerializeToUtf8Bytes(
            new(outcome.Name, outcome.About?.Id, outcome.Reason)
            {
                Calls = plan?.Calls.Select(c => new AnswerCall(c.Operation, HiddenValues.Of("", c.Input))).ToList(),
                Settings = plan?.Steps.Select(AnswerSetting.Of).ToList(),
            },
            HandlerJson.Default.OperateAnswer);
    }

    private static string RegionOf(Invocation invocation) => invocation.FunctionArn.Split(':') is [_, _, _, var region, ..] ? region : "";

    private static OperatorCommand Command(ReadOnlySpan<byte> text, string region)
    {
        var request = JsonSerializer.Deserialize(text, HandlerJson.Default.OperateRequest) ?? throw new JsonException("It is null.");
        return new(request.Command, request.Incident ?? "", request.By, request.Why, request.Force)
        {
            Plan = request.Plan,
            Match = request.Match?.Match,
            Until = request.Until,
            Order = request.Order ?? "",
            Rollback = request.Rollback?.Order(region),
        };
    }

    /// <summary>Whatever the command says of who gives it: AWS knows.</summary>
    private static OperatorCommand Command(UrlRequest request, string region)
    {
        var named = Merging.Merge(request.Body, Json.Object([new("by", Json.Text(request.By.Shown))]));
        return Command(Encoding.UTF8.GetBytes(named.GetRawText()), region) with { Caller = request.By };
    }

    private async Task<(OperatorVerb? Verb, Outcome Outcome)> RunAsync(Func<OperatorCommand> read, CancellationToken ct)
    {
        OperatorCommand command;
        try
        {
            command = read();
        }
        catch (JsonException e)
        {
            return (null, new Outcome.Refused(
                $"""That is no command: {e.Message} One looks like {"{"}"command":"undo","incident":"01AB-CD2E-3F4G","by":"name"{"}"}."""));
        }

        return (command.Verb, await people.RunAsync(command, ct));
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
