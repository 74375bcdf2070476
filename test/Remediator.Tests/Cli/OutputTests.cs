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

    [Fact]
    public void Facts_stand_in_one_column_and_go_on_below_themselves_where_a_terminal_ends()
    {
        var lengthy = string.Join(' ', Enumerable.Repeat("words", 20));
        string[] terminal = Facts(40, lengthy), pipe = Facts(null, lengthy);

        Assert.Equal("Goes back to  words words words words", terminal[1]);
        Assert.Equal("              words words words words", terminal[2]);
        Assert.All(terminal, line => Assert.InRange(line.Length, 0, 40));
        Assert.Equal(["Rule          some-rule", $"Goes back to  {lengthy}"], pipe);
    }

    private static string[] Facts(int? width, string text)
    {
        using var writer = new StringWriter();
        Screen.For(writer, isTerminal: width is not null, _ => "dumb", width)
            .Facts(("Rule", "some-rule"), ("Owner", ""), ("Goes back to", text));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }

    private static Task<Ran> Incidents(CliRun cli) => cli.RunAsync("incidents");
}
