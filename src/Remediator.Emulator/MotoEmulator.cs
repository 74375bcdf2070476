using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Remediator.Emulator;

/// <summary>AWS on this machine: moto, in a process that ends with this one, even if this one is killed.</summary>
internal sealed class MotoEmulator : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly OutputTail errors;
    private readonly HttpClient http;

    private MotoEmulator(Process process, OutputTail errors, string python, string url)
    {
        this.process = process;
        this.errors = errors;
        Python = python;
        Url = new Uri(url);
        http = new HttpClient { BaseAddress = Url };
        Layer = new(http);
        // A full pipe that nobody reads would block it.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>The value for AWS_ENDPOINT_URL.</summary>
    public Uri Url { get; }

    /// <summary>The layer that makes moto answer like AWS.</summary>
    public AwsLikeLayer Layer { get; }

    /// <summary>The Python that runs it, which also has the tools for the template.</summary>
    public string Python { get; }

    /// <exception cref="EmulatorException">It is not available or does not start.</exception>
    public static async Task<MotoEmulator> StartAsync(CancellationToken ct)
    {
        var python = await Emulator.Python.FindAsync(ct);
        var process = Emulator.Python.Start(
            new ProcessStartInfo(python, [Repository.At("src", "Remediator.Emulator", "layer", "emulator.py")])
            {
                // It ends when its standard input closes: see emulator.py.
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        var errors = OutputTail.Of(process);
        try
        {
            var url = await process.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(StartLimit, ct)
                ?? throw new EmulatorException($"The emulator ended at its start:\n{errors}");
            return new MotoEmulator(process, errors, python, url);
        }
        catch (Exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Deletes everything that was created on it, and allows every call again.</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        await PostAsync("moto-api/reset-auth", "Infinity", ct);
        await PostAsync("moto-api/reset", "", ct);
    }

    /// <summary>Checks IAM permissions from now on, after <paramref name="callsStillFree"/> more calls.</summary>
    public Task EnforceIamAsync(int callsStillFree, CancellationToken ct) =>
        PostAsync("moto-api/reset-auth", callsStillFree.ToString(CultureInfo.InvariantCulture), ct);

    /// <summary>Allows every call again.</summary>
    public Task ReleaseIamAsync(CancellationToken ct) => PostAsync("moto-api/reset-auth", "Infinity", ct);

    /// <summary>Stops it from looking for a container engine for Lambda functions.</summary>
    public async Task RunNoLambdaAsync(CancellationToken ct)
    {
        using var content = new StringContent("""{"lambda":{"use_docker":false}}""", MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await http.PostAsync(new Uri("moto-api/config", UriKind.Relative), content, ct);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task PostAsync(string path, string body, CancellationToken ct)
    {
        using var content = new StringContent(body);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new EmulatorException($"The emulator answered {path} with {(int)answer.StatusCode}.\n{errors}");
        }
    }
}
