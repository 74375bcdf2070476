using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>
/// Answers operations that the emulator lacks. The layer in front of the emulator reads the request, asks this server for the operation's
/// effect on the case's document, and writes the response in the service's protocol.
/// </summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly AwsLikeLayer _layer;
    private readonly ConcurrentDictionary<string, StandIn> _standIns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StandInDocument> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _answered = new(StringComparer.Ordinal);

    private StandInServer(AwsLikeLayer layer)
    {
        _layer = layer;
        _listener = LoopbackListener.Start(AnswerAsync);
    }

    public static StandInServer Start(AwsLikeLayer layer) => new(layer);

    /// <summary>Uses the stand-in in this account from now on.</summary>
    public Task AddAsync(string account, StandIn standIn)
    {
        _standIns[account] = standIn;
        return _layer.StandInAsync(account, standIn.Calls.Keys, _listener.Url, CancellationToken.None);
    }

    /// <summary>The number of requests for the account that came through the layer.</summary>
    public int Answered(string account) => _answered.GetValueOrDefault(account);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var question = await JsonDocument.ParseAsync(context.Request.InputStream);
        var answer = Answer(question.RootElement).ToJsonString();
        await using var writer = new StreamWriter(context.Response.OutputStream);
        await writer.WriteAsync(answer);
    }

    // Any failure here has to reach the test: as a service error that no playbook handles.
    private JsonObject Answer(JsonElement question)
    {
        try
        {
            var (account, region) = (question.TextOf("account")!, question.TextOf("region")!);
            _answered.AddOrUpdate(account, 1, (_, count) => count + 1);
            var document = _documents.GetOrAdd(account, _ => new(_standIns[account], account, region));
            var output = document.Answer(question.TextOf("operation")!, question.GetProperty("input").Clone());
            return new() { ["output"] = JsonNode.Parse(output.IsNull() ? "{}" : output.GetRawText()) };
        }
        catch (AwsException refused)
        {
            return Error(refused.Code, refused.Message, refused.Status);
        }
        catch (Exception fault)
        {
            return Error("StandInIsWrong", fault.ToString(), 400);
        }
    }

    private static JsonObject Error(string code, string message, int status) =>
        new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["status"] = status } };
}
