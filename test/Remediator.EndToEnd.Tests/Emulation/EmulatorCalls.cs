using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>
/// Unsigned requests to the emulator, which checks no signatures: the template's tests are independent of the service's own client.
/// </summary>
internal sealed class EmulatorCalls(MotoEmulator emulator) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = emulator.Url };

    /// <summary>An access key of another account.</summary>
    public async Task<string> EnterAsync(string account)
    {
        var answer = await QueryAsync(
            "sts",
            ("Action", "AssumeRole"),
            ("Version", "2011-06-15"),
            ("RoleArn", $"arn:aws:iam::{account}:role/any"),
            ("RoleSessionName", "any"));
        return answer.Split("<AccessKeyId>")[1].Split('<')[0];
    }

    public async Task PutEventAsync(JsonNode change, string accessKey = "testing") =>
        Assert.Equal(0, (await JsonAsync("events", "AWSEvents.PutEvents", "1.1", new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["Source"] = change["source"]!.GetValue<string>(),
                ["DetailType"] = change["detail-type"]!.GetValue<string>(),
                ["Detail"] = change["detail"]!.ToJsonString(),
            }),
        }, accessKey)).GetProperty("FailedEntryCount").GetInt32());

    /// <summary>Receives and deletes all messages of a queue.</summary>
    public async Task<string[]> DrainAsync(string queueUrl)
    {
        var bodies = new List<string>();
        while (true)
        {
            var answer = await JsonAsync("sqs", "AmazonSQS.ReceiveMessage", "1.0", new JsonObject
            {
                ["QueueUrl"] = queueUrl,
                ["MaxNumberOfMessages"] = 10,
            });
            if (!answer.TryGetProperty("Messages", out var messages) || messages.GetArrayLength() == 0)
            {
                return [.. bodies];
            }

            bodies.AddRange(messages.EnumerateArray().Select(message => message.GetProperty("Body").GetString()!));
        }
    }

    public Task<JsonElement> JsonAsync(string service, string target, string version, JsonObject input, string accessKey = "testing") =>
        SendAsync(
            service,
            new StringContent(input.ToJsonString(), Encoding.UTF8, $"application/x-amz-json-{version}"),
            target,
            text => JsonElement.Parse(text),
            accessKey);

    public Task<string> QueryAsync(string service, params (string Name, string Value)[] form) =>
        SendAsync(service, new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))), target: null, text =>
            text);

    public void Dispose() => http.Dispose();

    private async Task<T> SendAsync<T>(string service, HttpContent body, string? target, Func<string, T> read, string accessKey = "testing")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential={accessKey}/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return read(text);
    }
}
