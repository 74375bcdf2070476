using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;
using Remediator.Cli;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>The command line in this process, with a fake AWS and a journal that is shared by the runs.</summary>
internal sealed class CliRun
{
    private readonly MemoryJournal _journal;
    private bool _hasRule;

    public CliRun()
    {
        _journal = new(Clock, TimeSpan.FromMinutes(2));
        Environment = new(StringComparer.Ordinal)
        {
            ["AWS_REGION"] = FakeAws.Region,
            ["REMEDIATOR_ACCOUNT_ID"] = FakeAws.Account,
            ["REMEDIATOR_JOURNAL_TABLE"] = "journal",
            ["REMEDIATOR_ESCALATION_TOPIC_ARN"] = "arn:aws:sns:us-east-1:123456789012:escalations",
            ["REMEDIATOR_PLAYBOOKS"] = Repository.At("playbooks"),
            ["REMEDIATOR_POLICY"] = Repository.At("policy.yaml"),
            ["USER"] = "kim",
        };
    }

    public TestClock Clock { get; } = new();

    public FakeAws Aws { get; } = new();

    public Dictionary<string, string> Environment { get; }

    public bool IsTerminal { get; init; }

    /// <summary>The width of the terminal.</summary>
    public int? Width { get; init; }

    /// <summary>Used in place of the shared journal.</summary>
    public IJournal? Journal { get; init; }

    /// <summary>The queue of a deployment; null where none is known.</summary>
    public IQueue? Queue { get; set; }

    public string Input { get; set; } = "";

    /// <summary>What the URL of a function answers; null where none is to be asked.</summary>
    public Func<Uri, string, CancellationToken, Task<(int Status, string Body)>>? Post { get; set; }

    /// <summary>Makes a bucket and the rule that finds it, and gives the event about it.</summary>
    public async Task<string> BucketEventAsync(string bucket = "some-bucket", Compliance compliance = Compliance.NonCompliant)
    {
        await CallAsync("s3:CreateBucket", new() { ["Bucket"] = bucket });
        if (!_hasRule)
        {
            await PutRuleAsync();
        }

        var rules = await CallAsync("config:DescribeConfigRules", new() { ["ConfigRuleNames"] = new JsonArray("some-rule") });
        var rule = new RuleRef("some-rule", rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        return Some.Event(Some.Change(rule, Some.Bucket(bucket), compliance: compliance));
    }

    /// <summary>Only once: a rule that is created again has another id.</summary>
    private async Task PutRuleAsync()
    {
        _hasRule = true;
        await CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new JsonObject
            {
                ["ConfigRuleName"] = "some-rule",
                ["Source"] = new JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" },
            },
        });
    }

    public Task<JsonElement> CallAsync(string operation, JsonObject input) =>
        Aws.Behind.CallAsync(operation, JsonElement.Parse(input.ToJsonString()), CancellationToken.None);

    /// <summary>What the runs wrote.</summary>
    public IJournal Kept => Journal ?? _journal;

    /// <summary>Adds an incident to the journal unchanged.</summary>
    public async Task<Incident> JournaledAsync(Incident incident)
    {
        var mine = Assert.IsType<Claim.Mine>(await Kept.ClaimAsync(incident with { State = IncidentState.Open }, default));
        return await Kept.ReleaseAsync(incident with { Version = mine.Incident.Version }, mine.Lease, default);
    }

    /// <summary>What the runs stand on.</summary>
    public Foundation Foundation() => new(
        Aws,
        Kept,
        new SnsPublisher(Aws),
        new AwsConfigService(Aws, Clock),
        new AwsTags(Aws, new FakeTags(Aws)),
        Clock,
        NullLoggerFactory.Instance)
    {
        OwnAccount = FakeAws.Account,
        Backlog = Queue is null ? null : new(new AwsBacklog(Aws), new AwsAggregator(Aws), Queue, FakeAws.Account, FakeAws.Region),
    };

    /// <summary>Replays an event from standard input.</summary>
    public Task<Ran> ReplayAsync(string text, params string[] options)
    {
        Input = text;
        return RunAsync(["replay", "-", .. options]);
    }

    public async Task<Ran> RunAsync(params string[] arguments)
    {
        using var input = new StringReader(Input);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var outside = new Outside(input, output, error, Environment.GetValueOrDefault, Clock)
        {
            IsOutTerminal = IsTerminal,
            IsErrorTerminal = IsTerminal,
            IsInTerminal = IsTerminal,
            Width = Width,
            Post = Post,
            Connection = settings => Foundation() with { Own = AwsFoundation.Own(settings) },
        };
        var code = await Application.RunAsync(arguments, outside, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>The result of a run.</summary>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    /// <summary>The one object that --json promises: an additional line or other text fails here.</summary>
    public JsonElement Json => JsonElement.Parse(Assert.Single(Out.TrimEnd('\n').Split('\n')));
}
