using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Aws;

/// <summary>A separate emulator for the tests of a class, so that they do not disturb others.</summary>
public sealed class EmulatorFixture : IAsyncLifetime, IDisposable
{
    private MotoEmulator? emulator;
    private AwsClient? aws;

    internal Uri Url => emulator?.Url ?? throw new InvalidOperationException("The emulator is not started yet.");

    internal AwsClient Aws => aws ?? throw new InvalidOperationException("The emulator is not started yet.");

    public async Task InitializeAsync()
    {
        emulator = await MotoEmulator.StartAsync(CancellationToken.None);
        aws = new(
            new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"),
            "us-east-1",
            new AwsClientOptions { Endpoints = AwsEndpointSettings.At(Url) });
    }

    public async Task DisposeAsync()
    {
        if (emulator is { } started)
        {
            await started.DisposeAsync();
        }
    }

    public void Dispose() => aws?.Dispose();
}
