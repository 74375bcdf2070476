using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Remediator.Emulator;

/// <summary>
/// The URL of a function with IAM authentication: a signed request becomes an event in payload format 2.0 for the alias of the URL, with
/// the caller to whom AWS gave the access key. Signatures are not checked; what they are made for is.
/// </summary>
internal sealed partial class FunctionUrl : IAsyncDisposable
{
    private const string Alias = "url";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly LoopbackListener listener;
    private readonly Func<FunctionProcess> function;
    private readonly Func<string, Task<string>> callerOf;

    private FunctionUrl(Func<FunctionProcess> function, Func<string, Task<string>> callerOf)
    {
        (this.function, this.callerOf) = (function, callerOf);
        listener = LoopbackListener.Start(AnswerAsync);
    }

    public Uri Url => listener.Url;

    /// <param name="function">The process that answers.</param>
    /// <param name="callerOf">The ARN of whoever has an access key.</param>
    public static FunctionUrl Start(Func<FunctionProcess> function, Func<string, Task<string>> callerOf) => new(function, callerOf);

    /// <summary>What the function gets of a request by <paramref name="caller"/>, and its answer.</summary>
    /// <exception cref="EmulatorException">The process ended, or cannot start.</exception>
    public static Task<FunctionAnswer> AskAsync(FunctionProcess function, string caller, string body, CancellationToken ct) =>
        function.InvokeAsync(Encoding.UTF8.GetBytes(Event(caller, body).ToJsonString()), Timeout, ct, Alias);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private static JsonObject Event(string caller, string body) => new()
    {
        ["version"] = "2.0",
        ["routeKey"] = "$default",
        ["rawPath"] = "/",
        ["rawQueryString"] = "",
        ["headers"] = new JsonObject { ["content-type"] = "application/json" },
        ["requestContext"] = new JsonObject
        {
            ["accountId"] = TemplateDeployer.Account,
            ["apiId"] = "abcdefghij",
            ["authorizer"] = new JsonObject
            {
                ["iam"] = new JsonObject { ["accountId"] = caller.Split(':')[4], ["cognitoIdentity"] = null, ["userArn"] = caller },
            },
            ["http"] = new JsonObject { ["method"] = "POST", ["path"] = "/", ["protocol"] = "HTTP/1.1" },
            ["requestId"] = Guid.NewGuid().ToString(),
            ["routeKey"] = "$default",
            ["stage"] = "$default",
        },
        ["body"] = body,
        ["isBase64Encoded"] = false,
    };

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, body) = await AnswerAsync(context.Request);
        await Reply.SendAsync(context, status, body);
    }

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> AnswerAsync(HttpListenerRequest request)
    {
        var scope = Scope().Match(request.Headers["Authorization"] ?? "");
        if (!scope.Success || scope.Groups["region"].Value is not TemplateDeployer.Region)
        {
            return (HttpStatusCode.Forbidden, """{"Message":"Forbidden"}"""u8.ToArray());
        }

        using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
        try
        {
            var caller = await callerOf(scope.Groups["key"].Value);
            var answer = await AskAsync(function(), caller, await reader.ReadToEndAsync(), CancellationToken.None);
            return answer.IsError ? Failed() : (HttpStatusCode.OK, answer.Payload);
        }
        catch (EmulatorException)
        {
            // The process ended: the client hears what Lambda says then.
            return Failed();
        }
    }

    private static (HttpStatusCode Status, ReadOnlyMemory<byte> Body) Failed() =>
        (HttpStatusCode.BadGateway, "Internal Server Error"u8.ToArray());

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/[0-9]{8}/(?<region>[^/]+)/lambda/aws4_request,")]
    private static partial Regex Scope();
}
