using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Remediator.Values;

namespace Remediator.Tests.Cli.Pages;

/// <summary>A browser without a window, by the Chrome DevTools Protocol: one page, and what happened in it.</summary>
internal sealed partial class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly ClientWebSocket socket;
    private readonly DirectoryInfo profile;
    private readonly CancellationTokenSource patience = new(Patience);
    private string? session;
    private int sent;

    private Browser(Process process, ClientWebSocket socket, DirectoryInfo profile) =>
        (this.process, this.socket, this.profile) = (process, socket, profile);

    /// <summary>What the protocol reported meanwhile: requests, log lines, exceptions.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>Opens a file, and waits until it is loaded.</summary>
    public static async Task<Browser> OpenAsync(string executable, string file)
    {
        var profile = Directory.CreateTempSubdirectory();
        var start = new ProcessStartInfo(executable) { RedirectStandardError = true };
        string[] arguments =
        [
            "--headless=new", "--remote-debugging-port=0", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            $"--user-data-dir={profile.FullName}", "about:blank",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start)!;
        var socket = new ClientWebSocket();
        var browser = new Browser(process, socket, profile);
        await socket.ConnectAsync(await AddressAsync(process).WaitAsync(browser.patience.Token), browser.patience.Token);
        await browser.AttachAsync(file);
        return browser;
    }

    /// <summary>The value of an expression of JavaScript.</summary>
    public async Task<JsonElement> EvaluateAsync(string script)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true });
        return answer.TryGetProperty("exceptionDetails", out var fault)
            ? throw new InvalidOperationException(fault.ToString())
            : answer.Member("result").Member("value");
    }

    public Task PressAsync(string key, int code, string text = "") => PressAsync(new JsonObject
    {
        ["key"] = key,
        ["code"] = key,
        ["windowsVirtualKeyCode"] = code,
        ["text"] = text,
    });

    public async Task<JsonElement> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = ++sent;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var answer = await UntilAsync(m => m.TryGetProperty("id", out var of) && of.GetInt32() == id);
        return answer.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException($"{method}: {error}")
            : answer.Member("result");
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        patience.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser that ends a moment later may still write there; the folder is a temporary one.
        }
    }

    private async Task PressAsync(JsonObject key)
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            var press = key.DeepClone().AsObject();
            press["type"] = type;
            await SendAsync("Input.dispatchKeyEvent", press);
        }
    }

    /// <summary>What it says on its standard error is read to the end, so that it never waits for a reader.</summary>
    private static Task<Uri> AddressAsync(Process process)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is null)
            {
                address.TrySetException(new InvalidOperationException("The browser ended before it listened."));
            }
            else if (Listening().Match(said.Data) is { Success: true } match)
            {
                address.TrySetResult(new(match.Value));
            }
        };
        process.BeginErrorReadLine();
        return address.Task;
    }

    private async Task AttachAsync(string file)
    {
        var target = await SendAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await SendAsync(
            "Target.attachToTarget", new() { ["targetId"] = target.TextOf("targetId"), ["flatten"] = true });
        session = attached.TextOf("sessionId");
        foreach (var domain in (string[])["Page", "Network", "Log", "Runtime"])
        {
            await SendAsync($"{domain}.enable");
        }

        await SendAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        if (!Events.Any(e => e.TextOf("method") is "Page.loadEventFired"))
        {
            await UntilAsync(m => m.TextOf("method") is "Page.loadEventFired");
        }
    }

    private async Task<JsonElement> UntilAsync(Predicate<JsonElement> isIt)
    {
        while (true)
        {
            var message = await ReceiveAsync();
            Events.Add(message);
            if (isIt(message))
            {
                return message;
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonElement.Parse(whole.ToArray());
    }

    [GeneratedRegex(@"ws://\S+")]
    private static partial Regex Listening();
}
