using System.CommandLine;
using Remediator.Authoring.Catalog;
using Remediator.Cli.Output;
using Remediator.Emulator;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>generate</c>: writes what follows from the playbooks.</summary>
internal static class GenerateCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; name what is out of date and exit with 1." };
        var command = new TaughtCommand(
            "generate", "Writes what follows from the playbooks: the index, the permissions in the templates, the catalog pages, the counts in README.md, the policy's schema.", """
            remediator generate
            remediator generate --check
            """)
        {
            check,
        };
        command.SetAction(parse => Run(terminal(parse), parse.GetValue(check)));
        return command;
    }

    private static int Run(Terminal at, bool check)
    {
        var stale = Generator.Run(Repository.Root, check);
        foreach (var file in stale)
        {
            at.Screen.Line(check ? $"{file} is out of date: run 'remediator generate'." : $"{file} written.", check ? Tone.Bad : Tone.Good);
        }

        at.Screen.Line(stale is [] ? "Everything follows from the playbooks." : $"{stale.Length} files.");
        at.Json(w =>
        {
            w.WriteStartArray("files");
            foreach (var file in stale)
            {
                w.WriteStringValue(file);
            }

            w.WriteEndArray();
        });
        return check && stale is not [] ? ExitCodes.Problems : ExitCodes.Done;
    }
}
