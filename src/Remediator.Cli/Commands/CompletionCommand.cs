using System.CommandLine;
using Remediator.Cli.Output;

namespace Remediator.Cli.Commands;

/// <summary><c>completion</c>: what a shell has to know to complete commands; and what it asks then.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _remediator() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(remediator complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _remediator remediator
        """;

    private const string Zsh = """
        #compdef remediator
        _remediator() {
          local -a found
          found=("${(@f)$(remediator complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
          compadd -- $found || _files
        }
        compdef _remediator remediator
        """;

    private const string Fish = """
        complete -c remediator -a '(remediator complete (commandline -cp | string collect) 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName remediator -ScriptBlock {
          param($word, $command, $cursor)
          remediator complete "$("$command".PadRight($cursor))" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static IEnumerable<Command> Build(Func<Command> root, Func<ParseResult, Terminal> terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var completion = new TaughtCommand(
            "completion",
            "Writes the script by which a shell completes commands, options and their values.",
            """
            eval "$(remediator completion bash)"                          in ~/.bashrc
            eval "$(remediator completion zsh)"                           in ~/.zshrc, after compinit
            remediator completion fish > ~/.config/fish/completions/remediator.fish
            remediator completion pwsh | Out-String | Invoke-Expression   in $PROFILE
            """)
        {
            shell,
        };
        completion.SetAction(parse =>
        {
            var script = parse.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Pwsh,
            };
            var at = terminal(parse);
            at.Screen.Line(script);
            at.Json(w => w.WriteString("script", script));
            return ExitCodes.Done;
        });
        yield return completion;

        // Called by the completion scripts only; hidden from help.
        var line = new Argument<string>("LINE") { Description = "The command line so far." };
        var complete = new Command("complete", "Names what may come next, a line each.") { line };
        complete.Hidden = true;
        complete.SetAction(parse =>
        {
            var (text, at) = (parse.GetValue(line)!, terminal(parse));
            var start = text.IndexOf(' ', StringComparison.Ordinal);
            var words = start < 0 ? "" : text[(start + 1)..];
            foreach (var item in start < 0 ? [] : root().Parse(words).GetCompletions(words.Length))
            {
                at.Screen.Line(item.InsertText ?? item.Label);
            }

            return ExitCodes.Done;
        });
        yield return complete;
    }
}
