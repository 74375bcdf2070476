using Remediator.Cli.Output;
using Remediator.Operate;

namespace Remediator.Cli.Operate;

/// <summary>Carries out one command of a person.</summary>
internal static class OperatorRun
{
    public static async Task<int> RunAsync(
        Terminal at, CliSettings settings, OperatorCommand command, string? function, CancellationToken ct)
    {
        var changesResources = command.Incident.Length > 0 || command.Rollback is not null;
        var target = await Targets.OpenAsync(at, settings, function, changesResources, ct);
        var answer = await target(command, ct);
        AnswerText.Show(at.Screen, answer);
        at.Json(answer.Write);
        return ExitCodes.OfName(answer.Outcome);
    }
}
