using System.Text;
using System.Text.Json;
using Remediator.Emulator;
using Remediator.Function;
using Remediator.Function.Handlers;
using Remediator.Function.Runtime;

namespace Remediator.Tests.Function;

/// <summary>The whole host in this process, against a Runtime API that behaves as AWS documents it.</summary>
internal sealed class FunctionRun : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly MemoryStream output = new();
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Task<int> host;

    public FunctionRun(Func<Invocation, CancellationToken, Task<ReadOnlyMemory<byte>>> handle, Action<RuntimeApiServer>? arrange = null)
        : this(Some.Environment, _ => new Handler(handle), arrange)
    {
    }

    public FunctionRun(
        IReadOnlyDictionary<string, string> environment, Func<Settings, IHandler> compose, Action<RuntimeApiServer>? arrange = null)
    {
        arrange?.Invoke(Api);
        var variables = new Dictionary<string, string>(environment) { ["AWS_LAMBDA_RUNTIME_API"] = Api.Address };
        var outside = new Outside(http, variables.GetValueOrDefault, Stream.Synchronized(output), TimeProvider.System);
        host = Host.RunAsync(outside, (settings, _, _) => compose(settings), stop.Token);
    }

    public RuntimeApiServer Api { get; } = RuntimeApiServer.Start();

    public Task<FunctionAnswer> InvokeAsync(string payload, TimeSpan? timeout = null) =>
        Api.InvokeAsync(Encoding.UTF8.GetBytes(payload), timeout ?? TimeSpan.FromMinutes(1), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));

    public Task<int> ExitAsync() => host.WaitAsync(TimeSpan.FromSeconds(20));

    public Task<int> StopAsync()
    {
        stop.Cancel();
        return ExitAsync();
    }

    /// <summary>The lines of standard output, each of which must be a JSON object.</summary>
    public JsonElement[] Lines() =>
        [
            .. Encoding
                .UTF8.GetString(output.ToArray())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line)),
        ];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Api.DisposeAsync();
        await Task.WhenAny(host, Task.Delay(TimeSpan.FromSeconds(20)));
        http.Dispose();
        stop.Dispose();
    }

    private sealed class Handler(Func<Invocation, CancellationToken, Task<ReadOnlyMemory<byte>>> handle) : IHandler
    {
        public Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct) => handle(invocation, ct);
    }
}
