using System.CommandLine;
using Remediator.Authoring.Checks;
using Remediator.Cli.Doctor;
using Remediator.Cli.Output;
using Remediator.Cli.Use;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Sweep;
using Place = Remediator.Cli.Doctor.Place;

namespace Remediator.Cli.Commands;

/// <summary><c>doctor</c>: whether a deployment would do its work, before anything is turned on and any time after.</summary>
internal static class DoctorCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var stack = new Option<string?>("--stack")
        {
            Description = "The CloudFormation stack of the deployment; otherwise the one that 'remediator use' keeps.",
            HelpName = "NAME",
        };
        var probe = new Option<bool>("--probe")
        {
            Description = "Also send an event in each account and region, which is ignored, and wait for its arrival at the function.",
        };
        var command = new TaughtCommand(
            "doctor",
            "Checks whether a deployment is ready: recorder, rules, events, accounts, permissions, topics, alarms. Changes nothing.",
            """
            remediator doctor
            remediator doctor --stack remediator --probe
            remediator doctor --json | jq -r '.checks[] | select(.result == "fail") | .remedy'
            """)
        {
            stack, probe, common.Playbooks, common.Policy,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var name = parse.GetValue(stack)
                ?? StoredSettings.Read(StoredSettings.PathFor(at.Outside.Own))?.Stack
                ?? throw new UsageException("No stack is in use: --stack NAME, or 'remediator use --stack NAME' once.");
            at.Progress($"asking CloudFormation about {name}");
            var on = await OpenAsync(at, name, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy), parse.GetValue(probe), ct);
            at.Progress("looking");
            var lines = await Examination.RunAsync(AllChecks.List, on, ct);
            ExaminationText.Write(at, lines);
            return ExaminationText.Count(lines, CheckResult.Fail) > 0 ? ExitCodes.Problems : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<DeploymentView> OpenAsync(
        Terminal at, string name, string? playbookFolder, string? policyFile, bool probe, CancellationToken ct)
    {
        var asked = new CliSettings(at.Outside).ForFunction();
        var aws = at.Outside.Connect(asked).Accounts.For(asked.AccountId, asked.Region);
        var read = await StackReader.ReadAsync(aws, name, asked.Region, profile: null, _ => { }, ct);
        var outside = at.Outside with
        {
            Environment = variable => read.Values.GetValueOrDefault(variable) ?? at.Outside.Environment(variable),
        };
        var settings = new CliSettings(outside, playbookFolder, policyFile);
        var (service, foundation) = (settings.ForFunction(), outside.Connect(settings.ForFunction()));
        var (playbooks, policy) = settings.WorkingFiles();
        var library = new PlaybookLibrary(playbooks);
        var decided = PolicyFile.Read(policy, library);
        var report = CoverageCommand.Report(at, settings, service.AccountId, foundation.Config, foundation.Tags);
        return new(await DeployedStack.ReadAsync(aws, name, ct), foundation.Accounts, report, outside.Clock)
        {
            Home = new(service.AccountId, service.Region),
            Places =
            [
                .. BacklogSources.Targets(decided.Backlog, service.AccountId, service.Region).Select(p => new Place(p.Account, p.Region)),
            ],
            Policy = decided,
            Playbooks = library,
            Files = DeployedFiles.Of(policy, playbooks),
            MemberRole = service.MemberRole,
            Probe = probe ? Guid.CreateVersion7(outside.Clock.GetUtcNow()).ToString() : null,
        };
    }
}
