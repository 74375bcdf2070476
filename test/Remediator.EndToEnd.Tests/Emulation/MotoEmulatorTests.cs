using System.Diagnostics;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Xunit.Sdk;

namespace Remediator.EndToEnd.Tests.Emulation;

public sealed class MotoEmulatorTests
{
    private const string Starter = """
        import subprocess, sys, time
        emulator = subprocess.Popen([sys.executable, sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        emulator.stdout.readline()
        print(emulator.pid, flush=True)
        time.sleep(600)
        """;

    [Fact]
    public async Task Emulator_ends_with_its_parent_process_even_if_that_is_killed()
    {
        var python = await Python.FindAsync(CancellationToken.None);
        using var starter = Process.Start(
            new ProcessStartInfo(python, ["-c", Starter, Repository.At("src", "Remediator.Emulator", "layer", "emulator.py")])
            {
                RedirectStandardOutput = true,
            }
        )!;
        using var emulator = Process.GetProcessById(int.Parse((await starter.StandardOutput.ReadLineAsync())!, null));

        starter.Kill(entireProcessTree: false);

        await emulator.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Reset_deletes_everything_and_permissions_are_checked_only_while_switched_on()
    {
        await using var emulator = await MotoEmulator.StartAsync(CancellationToken.None);
        using var calls = new EmulatorCalls(emulator);
        await calls.JsonAsync("sqs", "AmazonSQS.CreateQueue", "1.0", new JsonObject { ["QueueName"] = "q" });
        Assert.Equal(1, await QueuesAsync());

        await emulator.EnforceIamAsync(1, CancellationToken.None);
        Assert.Equal(1, await QueuesAsync());
        await Assert.ThrowsAsync<TrueException>(QueuesAsync);
        await emulator.ReleaseIamAsync(CancellationToken.None);
        Assert.Equal(1, await QueuesAsync());

        await emulator.EnforceIamAsync(0, CancellationToken.None);
        await emulator.ResetAsync(CancellationToken.None);
        Assert.Equal(0, await QueuesAsync());

        async Task<int> QueuesAsync() =>
            (await calls.JsonAsync("sqs", "AmazonSQS.ListQueues", "1.0", [])).TryGetProperty("QueueUrls", out var urls)
                ? urls.GetArrayLength()
                : 0;
    }

    [Fact]
    public async Task A_script_that_fails_says_why()
    {
        var python = await Python.FindAsync(CancellationToken.None);

        var fault = await Assert.ThrowsAsync<EmulatorException>(() =>
            Python.RunAsync(
                python,
                [Repository.At("tools", "transform_template.py"), Repository.At("README-missing.yaml")],
                progress: null,
                CancellationToken.None));

        Assert.Contains("README-missing.yaml", fault.Message, StringComparison.Ordinal);
    }
}
