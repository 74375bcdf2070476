namespace Remediator;

/// <summary>What the environment says, read once.</summary>
internal sealed record Settings
{
    /// <summary>The account that the service runs in.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string JournalTable { get; init; }

    /// <summary>The topic for people and chat; none: nobody is called.</summary>
    public string? EscalationTopicArn { get; init; }

    /// <summary>The topic for pagers and machines.</summary>
    public string? EventsTopicArn { get; init; }

    /// <summary>The role's name in other accounts.</summary>
    public string? MemberRole { get; init; }

    public string? ExternalId { get; init; }

    public required string PlaybookFolder { get; init; }

    public required string PolicyFile { get; init; }

    /// <exception cref="SettingsException">Settings are missing; the exception names them all.</exception>
    public static Settings From(Func<string, string?> environment, string baseFolder)
    {
        var missing = new List<string>();
        string Required(string name)
        {
            var value = environment(name);
            if (string.IsNullOrWhiteSpace(value))
            {
                missing.Add(name);
            }

            return value ?? "";
        }

        string? Optional(string name) => environment(name) is { Length: > 0 } value ? value : null;

        var settings = new Settings
        {
            Account = Required("REMEDIATOR_ACCOUNT_ID"),
            Region = Optional("AWS_REGION") ?? Optional("AWS_DEFAULT_REGION") ?? Required("AWS_REGION"),
            JournalTable = Required("REMEDIATOR_JOURNAL_TABLE"),
            EscalationTopicArn = Optional("REMEDIATOR_ESCALATION_TOPIC_ARN"),
            EventsTopicArn = Optional("REMEDIATOR_EVENTS_TOPIC_ARN"),
            MemberRole = Optional("REMEDIATOR_MEMBER_ROLE"),
            ExternalId = Optional("REMEDIATOR_EXTERNAL_ID"),
            PlaybookFolder = Optional("REMEDIATOR_PLAYBOOKS") ?? Path.Combine(baseFolder, "playbooks"),
            PolicyFile = Optional("REMEDIATOR_POLICY") ?? Path.Combine(baseFolder, "policy.yaml"),
        };
        return missing is [] ? settings : throw new SettingsException(missing);
    }
}

/// <summary>Environment variables that have to be set and are not.</summary>
internal sealed class SettingsException(IReadOnlyList<string> missing)
    : Exception($"Set the environment variables {string.Join(", ", missing)}; docs/operating.md says what each one is.")
{
    public IReadOnlyList<string> Missing { get; } = missing;
}
