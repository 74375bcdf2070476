using System.CommandLine;
using Remediator.Authoring.Data;
using Remediator.Cli.Drafts;
using Remediator.Cli.Output;
using Remediator.Playbooks;

namespace Remediator.Cli.Commands;

/// <summary><c>new playbook</c>: a file to begin with.</summary>
internal static class NewCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var rule = new Option<string>("--rule")
        {
            Description = "The rule to answer: a managed rule's identifier, or a custom rule's name.",
            HelpName = "NAME",
            Required = true,
        };
        var type = new Option<string>("--type")
        {
            Description = "The resource's type, as in AWS::S3::Bucket.",
            HelpName = "TYPE",
            Required = true,
        };
        var output = new Option<string?>("--output") { Description = "Where to write it; otherwise standard output.", HelpName = "FILE" };
        var playbook = new TaughtCommand(
            "playbook",
            "Writes a draft with operations that may be meant and their shapes, and one of its case beside it; "
            + $"what is to be decided is marked {PlaybookDraft.Mark}.",
            """
            remediator new playbook --rule S3_BUCKET_VERSIONING_ENABLED --type AWS::S3::Bucket
            remediator new playbook --rule our-rule --type AWS::RDS::DBInstance --output playbooks/rds/our-rule.yaml
            """
        )
        {
            rule,
            type,
            output,
            common.Playbooks,
        };
        playbook.SetAction(parse =>
        {
            var (at, of, by) = (terminal(parse), parse.GetValue(type)!, Known(parse.GetValue(rule)!));
            if (of.Split("::") is not [_, { Length: > 0 }, ..])
            {
                throw new UsageException($"--type {of} is no type; one looks like AWS::S3::Bucket.");
            }

            var folder = new CliSettings(at.Outside, parse.GetValue(common.Playbooks)).WorkingFiles().Playbooks;
            var operations = new DraftOperations(by, of, new(folder), PlaybookLibrary.Names(folder));
            Write(
                at,
                new PlaybookDraft(NameOf(parse.GetValue(output)), by, of, operations).Text(),
                new CaseDraft(by, of, operations).Text(),
                parse.GetValue(output));
            return ExitCodes.Done;
        });
        return new TaughtCommand(
            "new", "Writes drafts of new files.", "remediator new playbook --rule S3_BUCKET_VERSIONING_ENABLED --type AWS::S3::Bucket")
        {
            playbook,
        };
    }

    /// <summary>The identifier of a managed rule, also where it is written like a rule's name.</summary>
    private static string Known(string rule) =>
        rule.Replace('-', '_').ToUpperInvariant() is var identifier && ManagedRule.All.ContainsKey(identifier) ? identifier : rule;

    /// <summary>What the policy calls the playbook in a file.</summary>
    private static string NameOf(string? file) => file is null
        ? "SERVICE/NAME"
        : $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}/{Path.GetFileNameWithoutExtension(file)}";

    private static void Write(Terminal at, string text, string caseText, string? file)
    {
        var caseFile = file is null ? null : Path.ChangeExtension(file, null) + PlaybookLibrary.CaseEnding;
        if (new[] { file, caseFile }.FirstOrDefault(File.Exists) is { } there)
        {
            throw new UsageException($"{there} is there already: nothing was written.");
        }

        if (file is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllText(file, text);
            File.WriteAllText(caseFile!, caseText);
            at.Screen.Line($"{file} and {caseFile} written. 'remediator lint {file} {caseFile}' names what is left to decide.", Tone.Good);
            at.Screen.Line($"Then 'remediator test {file}' runs the case on an emulator.");
        }
        else if (!at.IsJson)
        {
            at.Outside.Out.Write(text);
        }

        at.Json(w =>
        {
            w.WriteString("file", file);
            w.WriteString("text", text);
            w.WriteString("caseFile", caseFile);
            w.WriteString("caseText", caseText);
        });
    }
}
