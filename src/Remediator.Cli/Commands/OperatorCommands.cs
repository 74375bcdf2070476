using System.CommandLine;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Operate;

namespace Remediator.Cli.Commands;

/// <summary>
/// <c>undo</c>, <c>approve</c>, <c>retry</c>, <c>acknowledge</c>, <c>hold</c>, <c>exempt</c>, <c>stop</c> and <c>start</c>: what people
/// tell the service.
/// </summary>
internal sealed class OperatorCommands(CommonOptions common, Func<ParseResult, Terminal> terminal)
{
    private readonly OperatorOptions _options = new(common, terminal);

    public IEnumerable<Command> Build() => [Undo(), Approve(), Retry(), Acknowledge(), Hold(), Exempt(), Stop(), Start()];

    private TaughtCommand Undo() => OfIncidents(
        OperatorVerb.Undo,
        "Puts back what incidents changed, the newest first, proves it, and holds them.",
        """
        remediator undo 01AB-CD2E-3F4G                                stops where somebody changed the setting since, and shows it
        remediator undo 01AB-CD2E-3F4G --force --why 'agreed with team web'
        remediator undo --playbook s3/bucket-versioning --since 2h    everything that this playbook changed; shows it and asks
        remediator undo 01AB-CD2E-3F4G --function remediator-Operate  let the deployed function do it
        """,
        _options.Force,
        _options.Why);

    private TaughtCommand Approve() => OfIncidents(
        OperatorVerb.Approve,
        "Approves the plans of incidents that ask first: each is planned again and carried out only if the plan is the same.",
        """
        remediator show 01AB-CD2E-3F4G        first look at what will be done
        remediator approve 01AB-CD2E-3F4G
        remediator approve --rule S3_BUCKET_VERSIONING_ENABLED --account shop-prod     shows the plans by their form, and asks
        remediator approve --problem problem-0a1b2c3d4e                                likewise, for all that one cause is behind
        """,
        _options.Why);

    private TaughtCommand Retry() => OfIncidents(
        OperatorVerb.Retry,
        "Starts again from the live state, for instance after a permission was added, a freeze ended, or to end a hold.",
        """
        remediator retry 01AB-CD2E-3F4G
        remediator retry --reason not-permitted --account shop-prod
        """,
        _options.Why);

    private TaughtCommand Acknowledge() => OfIncidents(
        OperatorVerb.Acknowledge,
        "Marks incidents as taken: no more reminders are sent.",
        """
        remediator acknowledge 01AB-CD2E-3F4G
        remediator acknowledge --state escalated --team shop
        """,
        _options.Why);

    private TaughtCommand Hold() => OfIncidents(
        OperatorVerb.Hold,
        "Leaves resources alone for a week or until a time, whatever Config reports, and continues then; retry ends it.",
        """
        remediator hold 01AB-CD2E-3F4G --why 'migration, ask Kim'
        remediator hold --team shop --until 2027-01-08 --why 'migration, ask Kim'
        remediator hold --match resource=orders-db --why 'migration, ask Kim'    found or not yet; 'remediator lift' ends it
        """,
        _options.Reason,
        _options.Until,
        _options.Match);

    private TaughtCommand Exempt() => OfIncidents(
        OperatorVerb.Exempt,
        "Leaves resources alone until a day without notices; no deployment is needed. 'remediator lift' ends it earlier.",
        """
        remediator exempt 01AB-CD2E-3F4G --until 2027-06-30 --why 'serves the downloads page'    this rule, this resource
        remediator exempt --match resource=public-* --match rule=S3_* --until 90d --why 'public on purpose'
        remediator exempt --rule S3_BUCKET_VERSIONING_ENABLED --team shop --until 30d --why 'see SHOP-17'    what is open of it
        """,
        _options.Reason,
        _options.Until,
        _options.Match);

    private TaughtCommand Stop() => Switch(
        OperatorVerb.Stop,
        "Stops all changes within seconds, in every account; events are still received and planned.",
        "remediator stop --why 'release weekend, ask Kim'",
        _options.Reason);

    private TaughtCommand Start() => Switch(OperatorVerb.Start, "Allows changes again.", "remediator start", _options.Why);

    private TaughtCommand Switch(OperatorVerb verb, string description, string examples, Option words)
    {
        var command = New(verb, description, examples, words);
        command.SetAction((parse, ct) => OperatorRun.RunAsync(
            terminal(parse), _options.Settings(parse), _options.Read(parse, verb, ""), _options.Function(parse), ct));
        return command;
    }

    private TaughtCommand OfIncidents(OperatorVerb verb, string description, string examples, params ReadOnlySpan<Option> options)
    {
        var command = New(verb, description, examples, options);
        var choice = new IncidentChoice(_options, terminal, verb);
        choice.AddTo(command);
        command.SetAction(choice.RunAsync);
        return command;
    }

    private TaughtCommand New(OperatorVerb verb, string description, string examples, params ReadOnlySpan<Option> options)
    {
        var command = new TaughtCommand(verb.ToString().ToLowerInvariant(), description, examples);
        ReadOnlySpan<Option> all = [.. options, common.By, common.Function, common.Local, common.Playbooks, common.Policy];
        foreach (var option in all)
        {
            command.Add(option);
        }

        return command;
    }
}
