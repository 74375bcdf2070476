using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Remediator.Emulator;

/// <summary>The tests' control of the AWS-like layer in front of moto: see layer/README.md. A reset clears it all.</summary>
internal sealed class AwsLikeLayer(HttpClient http)
{
    /// <summary>The rules: each covers a known difference between moto and AWS, with its source.</summary>
    public async Task<IReadOnlyList<LayerRule>> RulesAsync(CancellationToken ct)
    {
        var answer = await http.GetStringAsync(new Uri("aws-like/rules", UriKind.Relative), ct);
        return JsonSerializer.Deserialize(answer, LayerJson.Default.LayerRuleArray) ?? throw new EmulatorException(
            "The layer names no rules.");
    }

    /// <summary>Calls of these operations in the account get <paramref name="answers"/>, in the service's protocol.</summary>
    public Task StandInAsync(string account, IEnumerable<string> operations, Uri answers, CancellationToken ct) =>
        PostAsync(
            "stand-ins", new()
            {
                ["account"] = account,
                ["operations"] = new JsonArray([.. operations.Select(o => (JsonNode)o)]),
                ["answers"] = answers.AbsoluteUri,
            },
            ct);

    /// <summary>The next <paramref name="times"/> calls of the operation in the account fail with this error.</summary>
    public Task FailAsync(string account, string operation, string code, int times, CancellationToken ct) =>
        PostAsync("errors", new() { ["account"] = account, ["operation"] = operation, ["code"] = code, ["times"] = times }, ct);

    /// <summary>From now on calls are held against the policies of the sessions in which they are made.</summary>
    /// <param name="actions">What IAM calls an operation.</param>
    public Task HoldSessionsAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> actions, CancellationToken ct) => PostAsync(
        "sessions",
        new()
        {
            ["actions"] = new JsonObject(actions.Select(
                a => KeyValuePair.Create(a.Key, (JsonNode?)new JsonArray([.. a.Value.Select(v => (JsonNode)v)])))),
        },
        ct);

    /// <summary>The account is without a rule: what a test shows with it must not hold without it.</summary>
    public Task WithoutAsync(string account, string rule, CancellationToken ct) =>
        PostAsync("off", new() { ["account"] = account, ["rule"] = rule }, ct);

    /// <summary>Makes AWS Config record the resource as it is now, with a time that the test gives.</summary>
    public Task<RecordedItem> RecordAsync(string account, string region, string type, string id, DateTimeOffset at, CancellationToken ct) =>
        RecordAsync(account, region, type, id, at, "OK", ct);

    /// <param name="status">The configurationItemStatus. For the status of a deleted resource, the resource is not read.</param>
    /// <exception cref="EmulatorException">There is no such resource, or the layer records no items of the type.</exception>
    public Task<RecordedItem> RecordAsync(
        string account, string region, string type, string id, DateTimeOffset at, string status, CancellationToken ct) =>
        StoreAsync("record", account, region, new() { ["type"] = type, ["id"] = id, ["at"] = Moment(at), ["status"] = status }, ct);

    /// <summary>Adds this configuration item to AWS Config unchanged, in the format of its API or of its snapshots.</summary>
    public Task<RecordedItem> PutItemAsync(string account, string region, JsonObject item, CancellationToken ct) =>
        StoreAsync("items", account, region, new() { ["item"] = item.DeepClone() }, ct);

    /// <summary>Adds an item of the resource's compliance timeline to AWS Config.</summary>
    public Task<RecordedItem> RecordComplianceAsync(
        string account, string region, string type, string id, DateTimeOffset at, IEnumerable<RuleResult> rules, CancellationToken ct) =>
        StoreAsync("compliance", account, region, new()
        {
            ["type"] = type,
            ["id"] = id,
            ["at"] = Moment(at),
            ["rules"] = new JsonArray([.. rules.Select(rule => (JsonNode)rule.Json)]),
        }, ct);

    /// <summary>Adds an event to CloudTrail: a call by somebody that changed the resource.</summary>
    /// <param name="principal">The caller's ARN.</param>
    public Task PutTrailEventAsync(
        string account, string region, string resource, string principal, string eventName, DateTimeOffset at, CancellationToken ct) =>
        TellAsync("trail-events", account, region, new()
        {
            ["resource"] = resource,
            ["principal"] = principal,
            ["event"] = eventName,
            ["at"] = Moment(at),
        }, ct);

    /// <summary>Sends a command for an account and region, and returns the layer's answer.</summary>
    public Task<string> TellAsync(string what, string account, string region, JsonObject said, CancellationToken ct)
    {
        said["account"] = account;
        said["region"] = region;
        return PostAsync(what, said, ct);
    }

    private async Task<RecordedItem> StoreAsync(string what, string account, string region, JsonObject said, CancellationToken ct) =>
        JsonSerializer.Deserialize(await TellAsync(what, account, region, said, ct), LayerJson.Default.RecordedItem)
            ?? throw new EmulatorException($"The layer answered {what} with nothing.");

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private async Task<string> PostAsync(string what, JsonObject said, CancellationToken ct)
    {
        using var content = new StringContent(said.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync(new Uri($"aws-like/{what}", UriKind.Relative), content, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode
            ? text
            : throw new EmulatorException($"The layer answered {what} with {(int)answer.StatusCode}: {text}");
    }
}
