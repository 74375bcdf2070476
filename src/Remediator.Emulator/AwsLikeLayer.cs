using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Remediator.Emulator;

/// <summary>What a test says to the AWS-like layer in front of moto: see layer/README.md. All of it is forgotten at a reset.</summary>
internal sealed class AwsLikeLayer(HttpClient http)
{
    /// <summary>The rules: each a known difference between moto and AWS, with its source.</summary>
    public async Task<IReadOnlyList<LayerRule>> RulesAsync(CancellationToken ct)
    {
        var answer = await http.GetStringAsync(new Uri("aws-like/rules", UriKind.Relative), ct);
        return JsonSerializer.Deserialize(answer, LayerJson.Default.LayerRuleArray) ?? throw new EmulatorException("The layer names no rules.");
    }

    /// <summary>Calls of these operations in the account are answered by <paramref name="answers"/>, in the service's protocol.</summary>
    public Task StandInAsync(string account, IEnumerable<string> operations, Uri answers, CancellationToken ct) => PostAsync("stand-ins", new()
    {
        ["account"] = account,
        ["operations"] = new JsonArray([.. operations.Select(o => (JsonNode)o)]),
        ["answers"] = answers.AbsoluteUri,
    }, ct);

    /// <summary>The next <paramref name="times"/> calls of the operation in the account end in this error.</summary>
    public Task FailAsync(string account, string operation, string code, int times, CancellationToken ct) =>
        PostAsync("errors", new() { ["account"] = account, ["operation"] = operation, ["code"] = code, ["times"] = times }, ct);

    /// <summary>The account is without a rule: what a test shows with it must not hold without it.</summary>
    public Task WithoutAsync(string account, string rule, CancellationToken ct) =>
        PostAsync("off", new() { ["account"] = account, ["rule"] = rule }, ct);

    private async Task PostAsync(string what, JsonObject said, CancellationToken ct)
    {
        using var content = new StringContent(said.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync(new Uri($"aws-like/{what}", UriKind.Relative), content, ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new EmulatorException($"The layer answered {what} with {(int)answer.StatusCode}.");
        }
    }
}
