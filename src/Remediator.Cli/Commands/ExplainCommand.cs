using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Amazon.Runtime;
using Remediator.Authoring.Checks;
using Remediator.Authoring.Data;
using Remediator.Aws;
using Remediator.Cli.Learn;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>explain</c>: what the policy comes to for a finding, and which entry says so. Nothing but the journal is asked.</summary>
internal static class ExplainCommand
{
    private const string Examples = """
        remediator explain --rule S3_BUCKET_VERSIONING_ENABLED --resource-type AWS::S3::Bucket --resource logs --account 111111111111
        remediator explain --rule-name our-own-rule --resource-type AWS::S3::Bucket --tag Stage=dev
        remediator explain --event event.json --json
        """;

    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var rule = new Option<string?>("--rule") { Description = "The identifier of a managed rule.", HelpName = "ID" };
        var name = new Option<string?>("--rule-name")
        {
            Description = "The rule's own name; alone, that of a custom rule.",
            HelpName = "NAME",
        };
        var type = new Option<string?>("--resource-type")
        {
            Description = "The resource's type, as in AWS::S3::Bucket.",
            HelpName = "TYPE",
        };
        var resource = new Option<string?>("--resource") { Description = "The resource's id, as AWS Config has it.", HelpName = "ID" };
        var account = new Option<string?>("--account") { Description = "The account of the resource.", HelpName = "ID" };
        var region = new Option<string?>("--region") { Description = "The region of the resource.", HelpName = "REGION" };
        var tags = new Option<string[]>("--tag")
        {
            Description = "A tag of the resource; may be repeated. Tags are not looked up.",
            HelpName = "KEY=VALUE",
        };
        var created = new Option<string?>("--created")
        {
            Description = "When the resource was created; otherwise that is not known.",
            HelpName = "TIME",
        };
        var @event = new Option<string?>("--event")
        {
            Description = "A file with an event of AWS Config, in place of rule and resource.",
            HelpName = "FILE",
        };
        var earlier = new Option<bool>("--earlier")
        {
            Description = "Read from the journal, by the rule's own name, how earlier changes fared, and which mode that speaks for.",
        };
        var command = new TaughtCommand(
            "explain",
            "Shows what the policy decides for a finding: which entry gave which word, which did not match and why, and what else "
            + "applies.",
            Examples)
        {
            rule,
            name,
            type,
            resource,
            account,
            region,
            tags,
            created,
            @event,
            earlier,
            common.Playbooks,
            common.Policy,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var (folder, file) = new CliSettings(
                at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy)
            ).WorkingFiles();
            var library = new PlaybookLibrary(folder);
            var about =
                parse.GetValue(@event) is { } path ? Event(path, at.Outside.Clock)
                : new ResourceKey(
                    parse.GetValue(account) ?? "", parse.GetValue(region) ?? "", parse.GetValue(type) ?? "", parse.GetValue(resource) ?? "")
                    is var key
                    ? (Resource: key, Rule: parse.GetValue(name) ?? "")
                : default;
            var identifier = parse.GetValue(rule) ?? Usual(about.Rule);
            if (about.Resource.Type.Length == 0 || (identifier.Length == 0 && about.Rule.Length == 0))
            {
                throw new UsageException("Say --resource-type and --rule or --rule-name, or --event.");
            }

            var subject = new Subject(
                about.Resource, about.Rule.Length > 0 ? about.Rule : identifier.Replace('_', '-').ToLowerInvariant(), identifier)
            {
                Tags = Tags(parse.GetValue(tags) ?? []),
                CreatedAt = parse.GetValue(created) is { } text ? Time(text) : null,
            };
            var config = new ConfigRule(
                subject.RuleName,
                "",
                identifier.Length > 0 ? "AWS" : "CUSTOM_LAMBDA",
                identifier.Length > 0 ? identifier : subject.RuleName,
                Json.EmptyObject);
            var policy = PolicyFile.Read(file, library);
            var lesson = parse.GetValue(earlier) ? await Suggestion.OfAsync(at, policy, subject.RuleName, identifier, ct) : null;
            var (orders, rollouts) = at.Outside.Environment(CliSettings.JournalVariable) is { Length: > 0 }
                ? await SaidAsync(at, ct)
                : default;
            var said = new Explainer(policy, library, at.Outside.Clock, orders, rollouts).Of(subject, config);
            ExplanationText.Show(at, subject, said, orders is not null, lesson);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Null where the journal cannot be read from here: the policy explains itself without.</summary>
    private static async Task<(OrderBook? Orders, RolloutBook? Rollouts)> SaidAsync(Terminal at, CancellationToken ct)
    {
        try
        {
            var journal = at.Outside.Connect(new CliSettings(at.Outside).ForJournal()).Journal;
            return (await journal.OrdersAsync(OrderBook.Empty, ct), await journal.RolloutsAsync(ct));
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or UnsealedItemException)
        {
            at.Progress($"the orders of people, and how far rollouts are, are not known: {e.Message}");
            return default;
        }
    }

    private static (ResourceKey Resource, string Rule) Event(string file, TimeProvider clock)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        return EventInput.Read(File.ReadAllText(file)) is [var text]
            && EventReader.Read(System.Text.Encoding.UTF8.GetBytes(text), clock.GetUtcNow()) is Received.Change(var change)
                ? (change.Resource, change.Rule.Name)
                : throw new UsageException($"{file} holds no compliance change of AWS Config, or more than one.");
    }

    /// <summary>The managed rule that goes by this name as AWS gives it; empty where none does.</summary>
    private static string Usual(string name) =>
        name.Replace('-', '_').ToUpperInvariant() is var id && ManagedRule.All.ContainsKey(id) ? id : "";

    private static ImmutableDictionary<string, string> Tags(string[] tags) => tags
        .Select(t => t.Split('=', 2) is [{ Length: > 0 } key, var value]
            ? KeyValuePair.Create(key, value)
            : throw new UsageException($"'--tag {t}' is not of the form KEY=VALUE."))
        .DistinctBy(t => t.Key)
        .ToImmutableDictionary(StringComparer.Ordinal);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new UsageException($"'--created {text}' is no time: write 2027-01-31 or 2027-01-31T18:00:00Z.");
}
