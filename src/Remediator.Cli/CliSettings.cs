using Amazon.Runtime;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli;

/// <summary>The service's settings as a person's environment gives them: fewer are needed than in Lambda.</summary>
/// <param name="Outside">Whose environment.</param>
/// <param name="Playbooks">--playbooks, if given.</param>
/// <param name="Policy">--policy, if given.</param>
internal sealed record CliSettings(Outside Outside, string? Playbooks = null, string? Policy = null)
{
    public const string JournalVariable = "REMEDIATOR_JOURNAL_TABLE";
    public const string KeyVariable = "REMEDIATOR_JOURNAL_KEY";
    public const string TopicVariable = "REMEDIATOR_ESCALATION_TOPIC_ARN";
    public const string FunctionVariable = "REMEDIATOR_OPERATE_FUNCTION";
    public const string UrlVariable = "REMEDIATOR_OPERATE_URL";
    public const string AccountVariable = "REMEDIATOR_ACCOUNT_ID";

    /// <summary>For one event: it says itself which account and region it is about.</summary>
    public async Task<ServiceSettings> ForEventAsync(ResourceKey resource, CancellationToken ct)
    {
        var region = Region() ?? resource.Region;
        var settings = Read(Optional(JournalVariable) ?? "", Optional(AccountVariable) ?? await CallerAsync(region, ct), region);
        return settings.AccountId == resource.Account || settings.MemberRole is not null
            ? settings
            : throw new SettingsException(
                $"The event is about account {resource.Account}, the credentials are of {settings.AccountId}, and "
                + "REMEDIATOR_MEMBER_ROLE does not name a role to assume there."
            );
    }

    /// <summary>For what only reads or marks the journal.</summary>
    public ServiceSettings ForJournal()
    {
        var reader = new SettingsReader(Outside.Environment);
        var table = reader.Required(JournalVariable);
        var region = Region() ?? reader.Required("AWS_REGION");
        reader.ThrowIfAnyProblem();
        return Read(table, Optional(AccountVariable) ?? "", region);
    }

    /// <summary>For what changes resources: the own account has to be known, and AWS says it where the environment does not.</summary>
    public async Task<ServiceSettings> ForChangesAsync(CancellationToken ct)
    {
        var settings = ForJournal();
        return settings.AccountId.Length > 0 ? settings : settings with { AccountId = await CallerAsync(settings.Region, ct) };
    }

    /// <summary>For what is sent to a deployed function.</summary>
    public ServiceSettings ForFunction()
    {
        var reader = new SettingsReader(Outside.Environment);
        var region = Region() ?? reader.Required("AWS_REGION");
        reader.ThrowIfAnyProblem();
        return Read("", Optional(AccountVariable) ?? "", region);
    }

    /// <summary>For what only reads an account: the own one, and the region, where nothing else is said.</summary>
    public async Task<ServiceSettings> ForReadingAsync(CancellationToken ct)
    {
        var settings = ForFunction();
        return settings.AccountId.Length > 0 ? settings : settings with { AccountId = await CallerAsync(settings.Region, ct) };
    }

    /// <summary>The account and region that the environment names, if any: for what is done without AWS.</summary>
    public (string Account, string Region) Place() => (Optional(AccountVariable) ?? "", Region() ?? "");

    public static Policy ReadPolicy(ServiceSettings settings) =>
        PolicyFile.Read(settings.PolicyFile, new(settings.PlaybookFolder));

    /// <summary>Where playbooks and policy are, for what needs nothing else.</summary>
    public (string Playbooks, string Policy) Files() => (
        Playbooks ?? Optional("REMEDIATOR_PLAYBOOKS") ?? Path.Combine(AppContext.BaseDirectory, "playbooks"),
        Policy ?? Optional("REMEDIATOR_POLICY") ?? Path.Combine(AppContext.BaseDirectory, "policy.yaml"));

    /// <summary>
    /// The same for what is about the files themselves: those of the folder where a person works, rather than the program's copies.
    /// </summary>
    public (string Playbooks, string Policy) WorkingFiles()
    {
        var (playbooks, policy) = Files();
        return (
            Directory.Exists("playbooks")
                && playbooks.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? "playbooks" : playbooks,
            File.Exists("policy.yaml") && policy.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? "policy.yaml" : policy);
    }

    private ServiceSettings Read(string table, string account, string region) => new(
        table,
        Optional(KeyVariable),
        Optional(TopicVariable) ?? "",
        Optional("REMEDIATOR_EVENTS_TOPIC_ARN"),
        Optional("REMEDIATOR_QUEUE_URL"),
        account,
        region,
        Optional("REMEDIATOR_MEMBER_ROLE"),
        Optional("REMEDIATOR_MEMBER_EXTERNAL_ID"),
        Files().Playbooks,
        Files().Policy)
    {
        OperateFunction = Optional(FunctionVariable),
        OwnArns = ServiceSettings.OwnArnsOf(new(Outside.Environment)),
        StackName = Optional(ServiceSettings.StackVariable),
        UnsealedUntil = new SettingsReader(Outside.Environment).OptionalTime("REMEDIATOR_JOURNAL_UNSEALED_UNTIL"),
        MayReadUnsealed = true,
    };

    private async Task<string> CallerAsync(string region, CancellationToken ct)
    {
        // The own account, whichever it is.
        const string own = "";
        var identity = await Outside.Connect(Read("", own, region)).Accounts.For(own, region)
            .CallAsync("sts:GetCallerIdentity", Json.EmptyObject, ct);
        return identity.TextOf("Account") ?? throw new AmazonClientException("AWS did not say which account the credentials belong to.");
    }

    private string? Optional(string name) => new SettingsReader(Outside.Environment).Optional(name);

    private string? Region() => Optional("AWS_REGION") ?? Optional("AWS_DEFAULT_REGION");
}
