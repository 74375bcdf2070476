using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Cli.Use;

namespace Remediator.Cli.Commands;

/// <summary><c>use</c>: reads the settings of a deployed stack once, for all commands that follow.</summary>
internal static class UseCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var stack = new Option<string?>("--stack") { Description = "The CloudFormation stack of the deployment.", HelpName = "NAME" };
        var profile = new Option<string?>("--profile")
        {
            Description = "The profile whose credentials are used, now and by later commands.",
            HelpName = "NAME",
        };
        var region = new Option<string?>("--region")
        {
            Description = "The region of the stack; otherwise AWS_REGION.",
            HelpName = "REGION",
        };
        var show = new Option<bool>("--show") { Description = "Show what is kept, and where." };
        var clear = new Option<bool>("--clear") { Description = "Forget it." };
        var command = new TaughtCommand(
            "use",
            "Keeps the settings of a deployed stack for the commands that follow. Variables of the environment and options go "
            + "before what is kept.",
            """
            remediator use --stack remediator --region eu-central-1
            remediator use --stack remediator --profile production --region eu-central-1
            remediator use --show
            remediator use --clear
            """)
        {
            stack, profile, region, show, clear,
        };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(stack) is not null, result.GetValue(show), result.GetValue(clear) }.Count(given => given) != 1)
            {
                result.AddError("use takes one of --stack NAME, --show and --clear.");
            }
        });
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var file = StoredSettings.PathFor(at.Outside.Environment)
                ?? throw new SettingsException("There is no place to keep settings: neither HOME nor XDG_CONFIG_HOME is set.");
            if (parse.GetValue(clear))
            {
                File.Delete(file);
                at.Screen.Line("Nothing is kept any more: settings come from the environment.");
                Write(at, null, file);
                return ExitCodes.Done;
            }

            if (parse.GetValue(stack) is { } name)
            {
                (await ReadAsync(at, name, parse.GetValue(profile), parse.GetValue(region), ct)).Write(file);
            }

            var kept = StoredSettings.Read(file);
            Show(at, kept, file);
            Write(at, kept, file);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task<StoredSettings> ReadAsync(Terminal at, string stack, string? profile, string? region, CancellationToken ct)
    {
        // Options given here override the environment; values that were stored before are discarded.
        var environment = at.Outside.Own;
        var outside = at.Outside with
        {
            Environment = variable => variable switch
            {
                "AWS_REGION" when region is not null => region,
                "AWS_PROFILE" when profile is not null => profile,
                "AWS_ACCESS_KEY_ID" when profile is not null => null,
                _ => environment(variable),
            },
        };
        var settings = new CliSettings(outside).ForFunction();
        at.Progress($"asking CloudFormation about {stack}");
        var aws = outside.Connect(settings).Accounts.For(settings.AccountId, settings.Region);
        return StackReader.ReadAsync(aws, stack, settings.Region, profile, outside.Error.WriteLine, ct);
    }

    private static void Show(Terminal at, StoredSettings? kept, string file)
    {
        if (kept is null)
        {
            at.Screen.Line("Nothing is kept: settings come from the environment. 'remediator use --stack NAME' reads a stack's.");
            return;
        }

        at.Screen.Line($"Stack {kept.Stack}, kept in {file}", Tone.Heading);
        foreach (var (name, value) in kept.Values)
        {
            var own = at.Outside.Own(name);
            at.Screen.Line($"  {name}={value}{(own is { Length: > 0 } && own != value ? $"    (the environment says {own})" : "")}");
        }
    }

    private static void Write(Terminal at, StoredSettings? kept, string file) => at.Json(w =>
    {
        w.WriteString("file", file);
        w.WriteString("stack", kept?.Stack);
        w.WriteStartObject("settings");
        foreach (var (name, value) in kept?.Values ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            w.WriteString(name, value);
        }

        w.WriteEndObject();
    });
}
