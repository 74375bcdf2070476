using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Remediator.Values;

namespace Remediator.Function.Runtime;

/// <summary>The Lambda Runtime API, version 2018-06-01, from the side of the function.</summary>
/// <remarks>
/// <para>AWS documents 500 as the container's own, not recoverable error: the runtime should exit promptly.</para>
/// <list type="table">
/// <listheader><term>call</term><description>answers</description></listheader>
/// <item><term>next</term><description>200 work; anything else ends the process</description></item>
/// <item><term>response</term><description>202; 413 is reported as that invocation's error; another 4xx means that the invocation is over
/// (timed out, answered before), which costs only itself; 5xx ends the process</description></item>
/// <item><term>error</term><description>202; 4xx likewise; 5xx ends the process</description></item>
/// <item><term>init error</term><description>202; anything else ends the process, which it does anyway</description></item>
/// </list>
/// </remarks>
internal sealed class RuntimeApi(HttpClient http, string address)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly string root = $"http://{address}/2018-06-01/runtime";

    /// <summary>Waits for work, without a limit.</summary>
    public async Task<Invocation> NextAsync(TimeProvider clock, CancellationToken ct)
    {
        using var answer = await http.GetAsync($"{root}/invocation/next", ct);
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            throw await FatalAsync("next", answer, ct);
        }

        return new Invocation(
            Header(answer, "Lambda-Runtime-Aws-Request-Id")
                ?? throw new RuntimeApiException("next", answer.StatusCode, "It gave no request id."),
            DeadlineOf(answer) ?? clock.GetUtcNow() + Runtime.Deadline.LongestInvocation,
            Header(answer, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            Header(answer, "Lambda-Runtime-Trace-Id") ?? "",
            await answer.Content.ReadAsByteArrayAsync(ct));
    }

    public async Task<Delivery> RespondAsync(string requestId, ReadOnlyMemory<byte> response, CancellationToken ct)
    {
        using var body = Content(response, Json);
        using var answer = await http.PostAsync($"{root}/invocation/{requestId}/response", body, ct);
        return await DeliveryOfAsync("response", answer, ct);
    }

    public async Task<Delivery> ReportErrorAsync(string requestId, RuntimeError error, CancellationToken ct)
    {
        using var answer = await PostErrorAsync($"{root}/invocation/{requestId}/error", error, ct);
        return await DeliveryOfAsync("error", answer, ct);
    }

    public async Task ReportInitErrorAsync(RuntimeError error, CancellationToken ct)
    {
        using var answer = await PostErrorAsync($"{root}/init/error", error, ct);
        if (answer.StatusCode is not HttpStatusCode.Accepted)
        {
            throw await FatalAsync("init error", answer, ct);
        }
    }

    private async Task<HttpResponseMessage> PostErrorAsync(string url, RuntimeError error, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Content(error.ToJson(), ErrorJson) };
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", error.Category);
        return await http.SendAsync(request, ct);
    }

    private static async Task<Delivery> DeliveryOfAsync(string operation, HttpResponseMessage answer, CancellationToken ct) =>
        answer.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => Delivery.Accepted,
            HttpStatusCode.RequestEntityTooLarge => Delivery.TooLarge,
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => Delivery.Refused,
            _ => throw await FatalAsync(operation, answer, ct),
        };

    private static async Task<RuntimeApiException> FatalAsync(string operation, HttpResponseMessage answer, CancellationToken ct) =>
        new(operation, answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> bytes, MediaTypeHeaderValue type) =>
        new(bytes) { Headers = { ContentType = type } };

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? DeadlineOf(HttpResponseMessage answer) =>
        long.TryParse(Header(answer, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
}
