using Remediator.EndToEnd.Tests.Emulation;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>Mistakes of a first-time user: each error names its place and a remedy, and shows no stack trace.</summary>
[Collection(OnTheEmulator.Name)]
public sealed class StrangerTests(EmulatorFixture on) : IDisposable
{
    private readonly CommandRun cli = new(on);

    public void Dispose() => cli.Dispose();

    [Fact]
    public Task Program_name_alone_lists_the_commands() => FailsAsync(2, "demo", []);

    [Fact]
    public Task An_incident_that_is_not_in_the_journal() =>
        FailsAsync(1, "'remediator incidents' lists the open ones", ["show", "0000-0000-0000"]);

    [Fact]
    public Task A_journal_table_that_there_is_not()
    {
        cli.Environment["REMEDIATOR_JOURNAL_TABLE"] = "no-such-table";
        return FailsAsync(3, "REMEDIATOR_JOURNAL_TABLE", ["incidents"]);
    }

    [Fact]
    public Task No_journal_table_at_all()
    {
        cli.Environment["REMEDIATOR_JOURNAL_TABLE"] = null;
        return FailsAsync(3, "describe-stacks", ["incidents"]);
    }

    [Fact]
    public Task No_credentials()
    {
        cli.Environment["AWS_ACCESS_KEY_ID"] = null;
        cli.Environment["AWS_SECRET_ACCESS_KEY"] = null;
        cli.Environment["HOME"] = "/nowhere";
        return FailsAsync(3, "aws sso login", ["incidents"]);
    }

    [Fact]
    public Task An_endpoint_where_nobody_answers()
    {
        cli.Environment["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1/";
        return FailsAsync(3, "AWS_ENDPOINT_URL", ["incidents"]);
    }

    [Fact]
    public async Task A_file_that_is_no_event()
    {
        var ran = await cli.RunAsync("replay", await cli.FileAsync("event.json", "{\"a\":"));

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("not JSON: line 1", ran.Out, StringComparison.Ordinal);
        Assert.Contains("replay --help", ran.Out, StringComparison.Ordinal);
    }

    private async Task FailsAsync(int code, string says, string[] arguments)
    {
        var ran = await cli.RunAsync(arguments);

        Assert.Equal((code, ""), (ran.ExitCode, ran.Out));
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }
}
