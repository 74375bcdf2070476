using System.Diagnostics;
using Amazon.Runtime;
using Remediator.Aws;

namespace Remediator.EndToEnd.Tests.Aws;

/// <summary>The emulator, for as long as the tests of a class run.</summary>
public sealed class EmulatorFixture : IDisposable
{
    private readonly Process emulator;

    public EmulatorFixture()
    {
        emulator = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Root(), "tools", "emulator.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var url = emulator.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");
        Url = new Uri(url);
        Aws = new AwsClient(
            new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"), "us-east-1", new AwsClientOptions { Endpoints = AwsEndpointSettings.At(Url) });
    }

    public Uri Url { get; }

    public AwsClient Aws { get; }

    public void Dispose()
    {
        Aws.Dispose();
        emulator.StandardInput.Close();
        emulator.WaitForExit(TimeSpan.FromSeconds(5));
        emulator.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Remediator.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
    }
}
