using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>history TYPE ID</c>: what AWS Config recorded of a resource, beside what rules said and what we changed.</summary>
internal static class HistoryCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var type = new Argument<string>("TYPE") { Description = "The resource's type, as in AWS::S3::Bucket." };
        var id = new Argument<string>("ID") { Description = "The resource's id, as AWS Config has it." };
        var account = new Option<string?>("--account")
        {
            Description = "The account of the resource; otherwise the own one.",
            HelpName = "ID",
        };
        var days = new Option<int>("--days")
        {
            Description = "How far back.",
            HelpName = "N",
            DefaultValueFactory = _ => 30,
        };
        var values = new Option<bool>("--values")
        {
            Description = "Show the values of the settings too. They may hold secrets: mind who reads along.",
        };
        var command = new TaughtCommand(
            "history",
            "Shows what AWS Config recorded of a resource over time, beside compliance and open incidents.",
            """
            remediator history AWS::S3::Bucket shop-invoices
            remediator history AWS::EC2::SecurityGroup sg-0a1b2c3d4e5f60718 --days 7 --values
            """
        )
        {
            type,
            id,
            account,
            days,
            values,
            common.Playbooks,
        };
        command.SetAction(
            async (parse, ct) =>
            {
                var at = terminal(parse);
                if (parse.GetValue(days) is < 1 or > 2557)
                {
                    throw new UsageException("--days is from 1 to 2557: AWS Config keeps items for seven years at most.");
                }

                var settings = await new CliSettings(at.Outside, parse.GetValue(common.Playbooks)).ForChangesAsync(ct);
                var foundation = at.Outside.Connect(settings);
                var resource = new ResourceKey(
                    parse.GetValue(account) ?? settings.AccountId, settings.Region, parse.GetValue(type)!, parse.GetValue(id)!);
                var timeline = new Timeline(
                    foundation.History ?? new AwsConfigHistory(foundation.Accounts),
                    new PlaybookLibrary(settings.PlaybookFolder),
                    at.Outside.Clock);
                var entries = await ReadAsync(timeline, resource, TimeSpan.FromDays(parse.GetValue(days)), ct);
                var incidents = await foundation.Journal.OpenAsync(ct).Where(i => IsOf(i, resource)).ToListAsync(ct);
                Show(at, resource, entries, incidents, parse.GetValue(values));
                return entries.IsEmpty ? ExitCodes.Problems : ExitCodes.Done;
            });
        return command;
    }

    private static async Task<ImmutableArray<TimelineEntry>> ReadAsync(
        Timeline timeline, ResourceKey resource, TimeSpan age, CancellationToken ct)
    {
        try
        {
            return await timeline.OfAsync(resource, age, ct);
        }
        catch (UnreadableItemException unreadable)
        {
            throw new UsageException($"{unreadable.Message} Ask for fewer --days.");
        }
    }

    private static bool IsOf(Incident incident, ResourceKey resource) =>
        (incident.Resource.Account, incident.Resource.Type, incident.Resource.Id) == (resource.Account, resource.Type, resource.Id);

    private static void Show(
        Terminal at, ResourceKey resource, ImmutableArray<TimelineEntry> entries, List<Incident> incidents, bool withValues)
    {
        at.Screen.Line($"{resource}", Tone.Heading);
        if (entries.IsEmpty)
        {
            at.Screen.Line(
                "AWS Config has recorded nothing of it in that time. Is the type recorded, and is that the id that AWS Config has?",
                Tone.Warning);
        }

        foreach (
            var (time, what, tone) in entries
                .SelectMany(e => Lines(e, withValues))
                .Concat(incidents.SelectMany(Lines))
                .OrderByDescending(l => l.At))
        {
            at.Screen.Line($"  {time:u}  {what}", tone);
        }

        at.Json(w =>
        {
            w.List("timeline", entries, e => Write(w, e, withValues));
            w.List("incidents", incidents, i => IncidentJson.Summary(w, i));
        });
    }

    private static IEnumerable<(DateTimeOffset At, string What, Tone Tone)> Lines(TimelineEntry e, bool withValues)
    {
        foreach (var (rule, compliance) in e.Verdicts)
        {
            yield return (e.At, $"rule {rule}: {compliance}", compliance is "NON_COMPLIANT" ? Tone.Bad : Tone.Good);
        }

        if (e.StateId.Length == 0)
        {
            yield break;
        }

        yield return (e.At, $"item {e.StateId}: {Words(e)}", Tone.Plain);
        foreach (
            var (setting, line) in e.Changes.SelectMany(c => DifferenceLines.Of(c.Difference, withValues).Select(line => (c.Setting, line)))
        )
        {
            yield return (e.At, $"  {line.Sign} {setting}: {line.Text}", line.Tone);
        }
    }

    private static string Words(TimelineEntry e) => e.Status switch
    {
        ItemStatus.Deleted => "the resource was deleted",
        ItemStatus.NotRecorded => "not recorded",
        _ when e.IsOldest => "the oldest in this time",
        _ when e.Changes.IsEmpty => "no setting that playbooks know changed",
        _ => string.Create(CultureInfo.InvariantCulture, $"{e.Changes.Select(c => c.Setting).Distinct().Count()} changed"),
    };

    private static IEnumerable<(DateTimeOffset At, string What, Tone Tone)> Lines(Incident i) =>
        i.Entries.Select(e => (e.At, $"incident {i.Id} ({i.Rule.Name}): {e.What}", Tone.Quiet));

    private static void Write(Utf8JsonWriter w, TimelineEntry e, bool withValues)
    {
        w.WriteString("at", e.At);
        w.WriteString("item", e.StateId);
        w.List("changes", e.Changes, c =>
        {
            w.WriteString("setting", c.Setting);
            w.WriteString("at", c.Difference.At);
            if (withValues)
            {
                w.Member("old", c.Difference.Old);
                w.Member("new", c.Difference.New);
            }
        });
        w.List("compliance", e.Verdicts, v =>
        {
            w.WriteString("rule", v.Rule);
            w.WriteString("says", v.Compliance);
        });
    }
}
