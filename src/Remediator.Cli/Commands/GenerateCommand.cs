using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Authoring.Catalog;
using Remediator.Authoring.Permissions;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>generate</c>: writes what follows from the playbooks and the policy.</summary>
internal static class GenerateCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; name what is out of date and exit with 1." };
        var policy = new Option<string?>("--policy")
        {
            Description = "The policy that the permissions are for; else policy.yaml of the repository.",
            HelpName = "FILE",
        };
        var command = new TaughtCommand(
            "generate",
            "Generates what is derived from playbooks and policy: index, permissions in the templates, catalog pages, counts in "
            + "README.md, the policy's schema.",
            """
            remediator generate                           after a change of a playbook, or of what policy.yaml lets be changed
            remediator generate --check
            remediator generate --policy sandbox.yaml     permissions for another policy
            """)
        {
            check, policy,
        };
        command.SetAction(parse => Run(terminal(parse), parse.GetValue(check), parse.GetValue(policy) ?? Repository.At("policy.yaml")));
        return command;
    }

    private static int Run(Terminal at, bool check, string policyFile)
    {
        var policy = PolicyReader.Read(Path.GetFileName(policyFile), File.ReadAllText(policyFile));
        var stale = Generator.Run(Repository.Root, policy, check);
        foreach (var file in stale)
        {
            at.Screen.Line(check ? $"{file} is out of date: run 'remediator generate'." : $"{file} written.", check ? Tone.Bad : Tone.Good);
        }

        at.Screen.Line(stale is [] ? "Everything follows from playbooks and policy." : $"{stale.Length} files.");
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        ImmutableArray<Playbook> playbooks = [.. PlaybookLibrary.Names(Repository.At("playbooks")).Select(library.Load)];
        ImmutableArray<Guide> guides = [.. PlaybookLibrary.GuideNames(Repository.At("playbooks")).Select(library.LoadGuide)];
        var figures = PermissionFigures.Of(playbooks, guides, new PolicyReach(policy));
        Show(at.Screen, figures, policyFile);
        at.Json(w =>
        {
            w.Texts("files", stale);
            w.WriteNumber("changing", figures.Changing);
            w.WriteNumber("actions", figures.Actions);
            w.WriteNumber("writes", figures.Writes);
            w.WriteNumber("writesOnEverything", figures.WritesOnEverything);
            w.Texts("unknownRules", figures.UnknownRules);
        });
        return check && stale is not [] ? ExitCodes.Problems : ExitCodes.Done;
    }

    private static void Show(Screen screen, PermissionFigures figures, string policyFile)
    {
        screen.Line(
            $"{Path.GetFileName(policyFile)} lets {figures.Changing} of {figures.Playbooks} playbooks change something: "
            + $"{figures.Actions} actions, "
                + $"{figures.Writes} of them to write, {figures.WritesOnEverything} of those on every resource.");
        foreach (var rule in figures.UnknownRules)
        {
            screen.Line(
                $"'{rule}' is no managed rule that a playbook answers: no permission follows from it. Name its identifier, or the "
                + "playbook.",
                Tone.Warning);
        }
    }
}
