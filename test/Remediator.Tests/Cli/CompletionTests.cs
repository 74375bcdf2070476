using System.Diagnostics;

namespace Remediator.Tests.Cli;

public sealed class CompletionTests
{
    private readonly CliRun cli = new();

    [Theory]
    [InlineData("remediator inc", "incidents")]
    [InlineData("remediator incidents --sta", "--state")]
    [InlineData("remediator incidents --state ", "awaiting-approval")]
    [InlineData("remediator incidents --reason not-p", "not-permitted")]
    [InlineData("remediator replay event.json --mode ", "observe")]
    [InlineData("remediator completion ", "zsh")]
    public async Task Possible_continuations_are_listed(string line, string expected) =>
        Assert.Contains(expected, (await cli.RunAsync("complete", line)).Out.Split('\n'));

    [Fact]
    public async Task What_only_scripts_call_is_not_listed() =>
        Assert.DoesNotContain("complete ", (await cli.RunAsync("--help")).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("bash", "complete -o default -F _remediator remediator")]
    [InlineData("zsh", "compdef _remediator remediator")]
    [InlineData("fish", "complete -c remediator")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName remediator")]
    public async Task Each_shell_has_its_script(string shell, string line) =>
        Assert.Contains(line, (await cli.RunAsync("completion", shell)).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Bash_completes_by_the_script()
    {
        if (!File.Exists("/bin/bash"))
        {
            return;
        }

        // Stands for the program: its answer to this line.
        var script = $$"""
            remediator() { [ "$1" = complete ] && [ "$2" = 'remediator inc' ] && echo incidents; }
            {{(await cli.RunAsync("completion", "bash")).Out}}
            COMP_LINE='remediator inc' COMP_POINT=14 COMP_WORDS=(remediator inc) COMP_CWORD=1
            _remediator; echo "${COMPREPLY[*]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["--norc", "-c", script]) { RedirectStandardOutput = true })!;

        Assert.Equal("incidents\n", await bash.StandardOutput.ReadToEndAsync());
    }
}
