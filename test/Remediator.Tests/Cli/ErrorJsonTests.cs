using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>With --json, standard output always has one object: a script never has to parse text.</summary>
public sealed class ErrorJsonTests
{
    [Theory]
    [InlineData(2, "undo")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "replay", "there-is-no-such-file.json")]
    [InlineData(2, "incidents", "--state", "broken")]
    [InlineData(1, "show", "0000-0000-0000")]
    [InlineData(3, "retry", "0000-0000-0000", "--policy", "no-such-policy.yaml")]
    public async Task Error_is_a_JSON_object(int exitCode, params string[] arguments)
    {
        var ran = await new CliRun().RunAsync([.. arguments, "--json"]);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal(exitCode, ran.Json.Member("error").Member("exitCode").GetInt32());
        Assert.NotEmpty(ran.Json.Member("error").TextOf("message")!);
        Assert.NotEmpty(ran.Error);
    }

    [Fact]
    public async Task Without_it_nothing_is_written_to_standard_output() =>
        Assert.Empty((await new CliRun().RunAsync("undo")).Out);
}
