using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Publishing;

public sealed class PublishTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["REMEDIATOR_HANDLER"] = "remediate",
        ["REMEDIATOR_JOURNAL_TABLE"] = "journal",
        ["REMEDIATOR_JOURNAL_KEY"] = "key-1",
        ["REMEDIATOR_ESCALATION_TOPIC_ARN"] = "arn:aws:sns:us-east-1:123456789012:escalations",
        ["REMEDIATOR_EVENTS_TOPIC_ARN"] = "arn:aws:sns:us-east-1:123456789012:events",
        ["REMEDIATOR_ACCOUNT_ID"] = "123456789012",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };

    [Fact]
    public async Task The_default_build_is_native_and_asks_for_no_newer_C_library_than_Lambda_has()
    {
        var bytes = await File.ReadAllBytesAsync(await PublishedFunction.NativeAsync());
        Assert.True(ElfFile.Is(bytes));
        var file = new ElfFile(bytes);

        var versions = file.GlibcVersions().ToArray();

        Assert.NotEmpty(versions);
        Assert.True(versions.Max() <= new Version(2, 34), $"It needs glibc {versions.Max()}; Amazon Linux 2023 has 2.34.");
        Assert.True(file.HasSection(".text"));
        Assert.False(file.HasSection(".debug_info"), "Symbols are not stripped.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_package_holds_the_playbooks_and_the_policy_and_no_symbols(bool readyToRun)
    {
        var folder = Path.GetDirectoryName(await ExecutableAsync(readyToRun))!;
        var shipped = Directory
            .GetFiles(Repository.Root, "policy.yaml")
            .Concat(
                Directory.Exists(Repository.At("playbooks"))
                    ? Directory.GetFiles(Repository.At("playbooks"), "*.yaml", SearchOption.AllDirectories)
                    : [])
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.All(shipped, file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
        Assert.DoesNotContain(Directory.GetFiles(folder), file => Path.GetExtension(file) is ".pdb" or ".dbg");
        // Beside an assembly of its name the managed runtime would not start the executable.
        Assert.DoesNotContain(Directory.GetFiles(folder), file => Path.GetExtension(file) is ".dll");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_executable_serves_batches_and_stops_when_asked(bool readyToRun)
    {
        await using var function = FunctionProcess.Start(await ExecutableAsync(readyToRun), Settings);

        var malformed = await InvokeAsync(function, "{}");
        var empty = await InvokeAsync(function, """{"Records":[]}""");
        var exit = await function.StopAsync(CancellationToken.None);

        Assert.True(malformed.IsError);
        Assert.Contains("Records", Encoding.UTF8.GetString(malformed.Payload), StringComparison.Ordinal);
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(empty.Payload));
        Assert.Equal(0, exit);
        Assert.All(function.Output, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        Assert.Contains(function.Output, line => line.Contains(malformed.RequestId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_executable_says_at_its_start_what_is_missing(bool readyToRun)
    {
        await using var function = FunctionProcess.Start(await ExecutableAsync(readyToRun), []);

        var fault = await Assert.ThrowsAsync<EmulatorException>(() => InvokeAsync(function, "{}"));

        Assert.Contains(
            "Missing from the environment: REMEDIATOR_HANDLER, REMEDIATOR_JOURNAL_TABLE", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await function.EndAsync(CancellationToken.None));
    }

    private static Task<string> ExecutableAsync(bool readyToRun) =>
        readyToRun ? PublishedFunction.ReadyToRunAsync() : PublishedFunction.NativeAsync();

    private static Task<FunctionAnswer> InvokeAsync(FunctionProcess function, string payload) =>
        function.InvokeAsync(Encoding.UTF8.GetBytes(payload), TimeSpan.FromMinutes(1), CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(30));
}
