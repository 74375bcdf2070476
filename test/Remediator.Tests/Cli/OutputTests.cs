using Remediator.Cli.Output;

namespace Remediator.Tests.Cli;

public sealed class OutputTests
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task A_terminal_gets_colour_and_a_pipe_does_not()
    {
        Assert.Contains(Escape, (await Incidents(new() { IsTerminal = true })).Out);
        Assert.DoesNotContain(Escape, (await Incidents(new())).Out);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task A_terminal_that_wants_no_colour_gets_none(string name, string value)
    {
        var cli = new CliRun { IsTerminal = true };
        cli.Environment[name] = value;

        Assert.DoesNotContain(Escape, (await Incidents(cli)).Out);
    }

    [Fact]
    public async Task Progress_is_written_to_standard_error_on_a_terminal_only()
    {
        var watched = new CliRun { IsTerminal = true };
        var piped = new CliRun();

        Assert.Contains(
            "… asking AWS", (await watched.ReplayAsync(await watched.BucketEventAsync(), "--json")).Error, StringComparison.Ordinal);
        Assert.Empty((await piped.ReplayAsync(await piped.BucketEventAsync(), "--json")).Error);
    }

    [Fact]
    public void No_control_sequence_of_a_name_reaches_the_terminal()
    {
        using var writer = new StringWriter();

        Screen.For(writer, isTerminal: false, _ => null).Line($"bucket{Escape}[2Jname\r");

        Assert.Equal("bucket?[2Jname?", writer.ToString().TrimEnd('\n'));
    }

    private static Task<Ran> Incidents(CliRun cli) => cli.RunAsync("incidents");
}
