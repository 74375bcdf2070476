using System.CommandLine;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Operate;

namespace Remediator.Cli.Commands;

/// <summary>
/// <c>undo</c>, <c>approve</c>, <c>retry</c>, <c>acknowledge</c>, <c>hold</c>, <c>stop</c> and <c>start</c>: what people tell the service.
/// </summary>
internal static class OperatorCommands
{
    public static IEnumerable<Command> Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var force = new Option<bool>("--force") { Description = "Put back although the resource no longer holds what was written; needs --why." };
        var why = new Option<string?>("--why") { Description = "The reason, for the journal.", HelpName = "TEXT" };
        var reason = new Option<string>("--why") { Description = "The reason, which whoever meets the stop is told.", HelpName = "TEXT", Required = true };
        yield return Command(OperatorVerb.Undo, "Puts back what an incident changed, proves it, and holds the incident.", """
            remediator undo 01AB-CD2E-3F4G                                stops where somebody changed the setting since, and shows it
            remediator undo 01AB-CD2E-3F4G --force --why 'agreed with team web'
            remediator undo 01AB-CD2E-3F4G --function remediator-Operate  let the deployed function do it
            """, common.Incident, force, why);
        yield return Command(OperatorVerb.Approve, "Agrees to the plan of an incident that asks first: it is planned anew, and carried out.", """
            remediator show 01AB-CD2E-3F4G        first look at what will be done
            remediator approve 01AB-CD2E-3F4G
            """, common.Incident, why);
        yield return Command(OperatorVerb.Retry, "Starts again from the live state: after a permission was given, a freeze is over, a hold is to end.", """
            remediator retry 01AB-CD2E-3F4G
            """, common.Incident, why);
        yield return Command(OperatorVerb.Acknowledge, "Says that somebody has an incident in hand: nobody is reminded of it any more.", """
            remediator acknowledge 01AB-CD2E-3F4G
            """, common.Incident, why);
        yield return Command(OperatorVerb.Hold, "Leaves a resource alone for a week, whatever Config says; retry ends it.", """
            remediator hold 01AB-CD2E-3F4G --why 'migration, ask Kim'
            """, common.Incident, reason);
        yield return Command(OperatorVerb.Stop, "Stops all changes within seconds, in every account; events are still taken in and planned.", """
            remediator stop --why 'release weekend, ask Kim'
            """, null, reason);
        yield return Command(OperatorVerb.Start, "Lets changes go on.", "remediator start", null, why);

        Command Command(
            OperatorVerb verb, string description, string examples, Argument<string>? incident, params ReadOnlySpan<Option> options)
        {
            var command = new TaughtCommand(verb.ToString().ToLowerInvariant(), description, examples);
            if (incident is not null)
            {
                command.Add(incident);
            }

            foreach (var option in options)
            {
                command.Add(option);
            }

            command.Add(common.By);
            command.Add(common.Function);
            command.Add(common.Playbooks);
            command.Add(common.Policy);
            command.SetAction((parse, ct) =>
            {
                var at = terminal(parse);
                var order = new OperatorCommand(
                    verb,
                    incident is null ? "" : parse.GetValue(incident)!,
                    parse.GetValue(common.By) ?? at.Outside.Environment("USER") ?? "unknown",
                    verb is OperatorVerb.Stop or OperatorVerb.Hold ? parse.GetValue(reason) : parse.GetValue(why),
                    verb is OperatorVerb.Undo && parse.GetValue(force));
                var settings = new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy));
                return OperatorRun.RunAsync(at, settings, order, parse.GetValue(common.Function), ct);
            });
            return command;
        }
    }
}
