using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>Carries out a person's command: in this process, or by the deployed function.</summary>
internal static class OperatorRun
{
    public static async Task<int> RunAsync(
        Terminal at, CliSettings settings, OperatorCommand command, string? function, CancellationToken ct)
    {
        if (function is not null)
        {
            var service = settings.ForFunction();
            at.Progress($"asking {function}");
            return Show(at, await new DeployedFunction(at.Outside.Connect(service).Accounts.For(service.AccountId, service.Region), function).SendAsync(command, ct));
        }

        var isSwitch = command.Verb is OperatorVerb.Stop or OperatorVerb.Start;
        return Show(at, await CarryOutAsync(at, isSwitch ? settings.ForJournal() : await settings.ForChangesAsync(ct), command, ct));
    }

    private static async Task<Answer> CarryOutAsync(Terminal at, ServiceSettings settings, OperatorCommand command, CancellationToken ct)
    {
        CallRecorder? recorder = null;
        var session = Session.Open(at.Outside, settings, CliSettings.ReadPolicy(settings), accounts => recorder = new(accounts));
        var outcome = await session.Service.Operator.RunAsync(command, ct);
        return new(outcome.Name, outcome.About?.Id ?? NullIfEmpty(command.Incident), outcome.Reason)
        {
            Calls = [.. recorder!.Calls],
            Differences = outcome is Outcome.Conflict(_, var differences) ? differences : [],
            Unsent = session.Unsent,
        };
    }

    private static int Show(Terminal at, Answer answer)
    {
        AnswerText.Show(at.Screen, answer);
        at.Json(answer.Write);
        return ExitCodes.OfName(answer.Outcome);
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
