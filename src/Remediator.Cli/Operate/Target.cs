using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Cli.Operate;

/// <summary>Where a command is executed: in this process, or by the deployed function.</summary>
internal delegate Task<Answer> Target(OperatorCommand command, CancellationToken ct);

internal static class Targets
{
    /// <param name="at">Where progress is written.</param>
    /// <param name="settings">Whose journal, policy and playbooks.</param>
    /// <param name="function">The deployed function; null for this process.</param>
    /// <param name="changesResources">Whether the own account has to be known.</param>
    /// <param name="ct">Cancels the call that asks for the account.</param>
    public static async Task<Target> OpenAsync(
        Terminal at, CliSettings settings, string? function, bool changesResources, CancellationToken ct)
    {
        if (function is not null)
        {
            var service = settings.ForFunction();
            at.Progress($"asking {function}");
            // The URL is that of the function that is in use: another one, named for once, has its own.
            if (function == at.Outside.Environment(CliSettings.FunctionVariable)
                && Uri.TryCreate(at.Outside.Environment(CliSettings.UrlVariable), UriKind.Absolute, out var url))
            {
                return new FunctionUrl(url, at.Outside.PostIn(service.Region)).SendAsync;
            }

            return new DeployedFunction(at.Outside.Connect(service).Accounts.For(service.AccountId, service.Region), function).SendAsync;
        }

        var here = changesResources ? await settings.ForChangesAsync(ct) : settings.ForJournal();
        CallRecorder? recorder = null;
        var session = Session.Open(at.Outside, here, CliSettings.ReadPolicy(here), accounts => recorder = new(accounts));
        return (command, token) => CarryOutAsync(session, recorder!, command, token);
    }

    private static async Task<Answer> CarryOutAsync(Session session, CallRecorder recorder, OperatorCommand command, CancellationToken ct)
    {
        var (calls, notices) = (recorder.Calls.Count, session.Unsent.Count);
        var outcome = await session.Service.Operator.RunAsync(command, ct);
        var plan = command.Rollback is null ? null : outcome.Plan;
        return new(outcome.Name, outcome.About?.Id ?? NullIfEmpty(command.Incident), outcome.Reason)
        {
            Plan = plan,
            Calls = plan is not null && Answer.IsPlanOnly(outcome.Name) ? [.. plan.Calls] : [.. recorder.Calls.Skip(calls)],
            Differences = outcome is Outcome.Conflict(_, var differences) ? differences : [],
            Unsent = [.. session.Unsent.Skip(notices)],
            IsBudgetUsedUp = outcome.About?.Reason is Reason.OverBudget,
        };
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
