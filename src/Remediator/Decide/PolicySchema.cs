using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using static Remediator.Decide.SchemaParts;

namespace Remediator.Decide;

/// <summary>Every word of the policy: where it may stand, what it takes, what it means, and what counts without it.</summary>
internal static partial class PolicySchema
{
    public const string AccountPattern = @"^([0-9?]{12}|(?=[^*]*\*)[0-9*?]{1,13})$";
    public const string DurationPattern = "^(0|[1-9][0-9]{0,6})s$|^(0|[1-9][0-9]{0,4})m$|^(0|[1-9][0-9]{0,3})h$|^(0|[1-9][0-9]{0,2})d$";
    public const string PositiveDurationPattern = "^[1-9][0-9]{0,6}s$|^[1-9][0-9]{0,4}m$|^[1-9][0-9]{0,3}h$|^[1-9][0-9]{0,2}d$";
    public const string TimePattern =
        @"^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?(Z|[+-](0[0-9]|"
        + @"1[0-3]):[0-5][0-9]))?$";

    public const string TypePattern = "^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$";
    public const string RolePattern = @"^(arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]{1,510}/)?)?[A-Za-z0-9_+=,.@-]{1,64}$";

    public const string ServicePattern = "^[a-z0-9*?-]+$";
    public const string PercentPattern = "^(100|[1-9]?[0-9])%$";

    public static readonly ImmutableArray<string> Modes = [.. ModeNames.All];
    public static readonly ImmutableArray<string> Periods = ["daily", "weekly"];
    public static readonly ImmutableArray<string> Severities = [.. SeverityNames.All];
    public static readonly ImmutableArray<string> Impacts = [.. Enum.GetNames<Impact>().Select(n => n.ToLowerInvariant())];

    private static readonly Shape Anything = new Shape.Text("text", "write text", Pattern: null, static text => text.Length > 0);

    private static readonly Shape Patterns = Several(Anything);

    private static readonly Shape AccountLike = new Shape.Text(
        "an account", "write its 12 digits in quotes, or a pattern with '*'", AccountPattern, text => AccountForm().IsMatch(text));

    private static readonly Shape.Text AccountId = new(
        "an account", "write its 12 digits in quotes", "^[0-9]{12}$", text => text.Length == 12 && text.All(char.IsAsciiDigit));

    private static readonly Shape Filled = new Shape.Text(
        "text for an account", AccountText.Write, AccountText.SomePattern, static text => text.Length > 0 && AccountText.IsRight(text));

    private static readonly Shape AnyImpact = new Shape.OneOf("an impact", Impacts);

    private static readonly ImmutableArray<Word> LocationWords =
    [
        new(
            "rule",
            Patterns,
            "Identifiers of AWS Config's managed rules, such as S3_BUCKET_VERSIONING_ENABLED or S3_*. They match managed rules only."),
        new("set", Several(Anything), "Conformance packs of AWS Config, and standards, by their names: all managed rules that they hold."),
        new("rule-name", Patterns, "Names of rules, as their owner named them: of custom rules, or of one deployment of a managed rule."),
        new("account", Several(AccountLike), "Account ids, in quotes."),
        new("team", Patterns, "Teams of accounts, as 'accounts' names them."),
        new("environment", Patterns, "Environments of accounts, as 'accounts' names them."),
        new("ou", Patterns, "Organizational units of accounts, as 'accounts' names them: each with the units below it."),
        new("region", Several(new Shape.Region()), "Regions."),
        new("resource-type", Patterns, "Resource types, as in AWS::S3::Bucket."),
        new(
            "service",
            Several(
                new Shape.Text("a service", "write it as in 's3' for AWS::S3::Bucket, in small letters", ServicePattern, text =>
                    ServiceForm().IsMatch(text))),
            "Services of resource types, as in s3 for AWS::S3::Bucket."),
        new("resource", Patterns, "Ids of resources, as AWS Config has them."),
        new("tag", new Shape.Table("tags", Patterns), "Tags of the resource: each key must be there, with a value that matches."),
    ];

    private static readonly ImmutableArray<Word> Used =
    [
        new("impact", Several(AnyImpact), "The impact of the playbook that answers; of several, the gravest."),
        new("playbook", Patterns, "Names of playbooks that answer, as in s3/bucket-versioning or s3/*."),
    ];

    /// <summary>What is left alone is so whatever would be done about it.</summary>
    public static readonly Shape.Mapping ExemptionMatch = new("match", LocationWords, Least: 1);

    public static readonly Shape.Mapping Match = new("match", [
        .. LocationWords, .. Used,
        new("since", new Shape.Time(), "Only resources that were created then or later, as AWS Config recorded it."),
    ], Least: 1);

    private static readonly Word MatchWord = new(
        "match", Match, "What this is about. All the words given must hold; each takes one pattern or a list, with '*' and '?'.")
    {
        IsRequired = true,
    };

    private static readonly Word AutoUpTo = new(
        "auto-up-to",
        new Shape.List(AnyImpact, MayBeOne: true),
        "The impacts that 'mode: auto' may have unasked; for a playbook with another impact a person is asked first.")
    {
        Default = "[none, brief, cost]",
    };

    public static readonly ImmutableArray<string> Aims = [.. AimNames.All];
    public static readonly ImmutableArray<string> TagSources = [.. TagSourceNames.All];
    public static readonly ImmutableArray<string> Owned = ["change", "ask", "revert-stack"];

    private static readonly Shape.Mapping UndoOn = new("undo-on", [
        new("alarms", Several(Anything), "Names of CloudWatch alarms where the resource is. Before the change they must be silent."),
        new("of-stack", new Shape.Flag(), "Whether the alarms of the CloudFormation stack that owns the resource count, too."),
        new("within", new Shape.Duration(MayBeZero: false), "For how long after the change they are watched.") { Default = "30m" },
    ], Least: 1);

    public static readonly Shape.Mapping SecondStep = new("the second step of an escalation", [
        new("after", new Shape.Duration(MayBeZero: false), "How long after the notice, unless somebody acknowledged.")
        {
            IsRequired = true,
        },
        new("owner", Filled, "The team that is called then.") { IsRequired = true },
    ]);

    private static readonly ImmutableArray<Word> Settings =
    [
        new("mode", new Shape.OneOf("a mode", Modes), "observe: plan and record; approve: ask a person first; auto: change, prove, record.")
        {
            Default = "observe",
        },
        AutoUpTo with
        {
            Default = null,
        },
        new("owner", Filled, "The team that is called: the attribute 'team' of every notice. Where no entry says it, the account's team."),
        new("environment", Filled, "The attribute 'environment' of every notice. Where no entry says it, the account's environment."),
        new("escalate-to", SecondStep, "Who is called, and when, where nobody acknowledges a notice: once, under the same key."),
        new(
            "warn-before",
            new Shape.Duration(MayBeZero: true),
            "How long before a change without approval a notice announces it, for whoever wants to hold or exempt it.") { Default = "0s" },
        new("severity", new Shape.OneOf("a severity", Severities), "The attribute 'severity' of every notice.") { Default = "warning" },
        RolloutSchema.Word,
        new(
            "settle",
            new Shape.Duration(MayBeZero: true),
            "How long a resource that AWS Config reports for the first time is left to whoever sets it up.") { Default = "0s" },
        new(
            "confirm-within",
            new Shape.Duration(MayBeZero: false),
            "How long AWS Config may take to confirm a fix before a person is called.") { Default = Written(Limits.Default.ConfirmWithin) },
        new(
            "to",
            Several(new Shape.OneOf("an aim", Aims)),
            "Where to: wanted (what the playbook wants), last-compliant (what AWS Config recorded while the rule held), or a list: "
            + "what the first cannot do, the second does."
        )
        {
            Default = "wanted",
        },
        new(
            "tags-from",
            Several(new Shape.OneOf("a source of tags", TagSources)),
            "Where the value of a missing tag comes from: policy (params.tags), recorded (the resource's own last one), stack (the "
            + "CloudFormation stack that owns it), parent (the one resource it belongs to); the first that has one counts."
        )
        {
            Default = "policy",
        },
        new(
            "owned",
            new Shape.OneOf("a word for owned resources", Owned),
            "What is done with a resource that a CloudFormation stack, Terraform or an autoscaler owns: change it, ask a person "
            + "first, or, of a stack, hand it back to its template (revert-stack). By default a rollback asks."
        ),
        new(
            "undo-on",
            UndoOn,
            "Alarms that take a change back: one that goes into alarm soon after it undoes it, holds the incident and calls its owner."),
        new("security-hub", new Shape.Flag(), "Whether what is suppressed in Security Hub is left alone, and its findings get notes."),
        new("params", new Shape.Parameters(), "Values for the playbooks' parameters."),
        new(
            "trust-rule-parameters",
            new Shape.Flag(),
            "Whether destinations, keys, identities and tag values may come from a rule's own parameters. By default in the "
            + "service's own account only."
        ),
    ];

    public static readonly Shape.Mapping Defaults = new("defaults", Settings);

    public static readonly Shape.Mapping Entry = new("an entry of 'rules'", [
        MatchWord,
        .. Settings.Select(w => w with { Default = null }),
        new("playbook", Anything, "The playbook to use where several answer a rule, or for a custom rule."),
    ]);

    public static readonly Shape.Mapping Account = new(
        "an account",
        [
            new("name", Anything, "What people call it: in the first line of notices."),
            new("ou", Anything, "The path of its organizational unit, as in Root/Prod/Shop."),
            new("team", Anything, "Whose it is: the owner where no entry says one."),
            new("environment", Anything, "What it is for: the environment where no entry says one."),
            new(
                "values",
                new Shape.Table(
                    "values",
                    Anything,
                    new("a name of a value", "letters, digits and _ . : / -", AccountText.KeyPattern, text => KeyForm().IsMatch(text))),
                "Facts of your own about it, for ${account.values.KEY}."),
        ],
        Least: 1);

    public static readonly Shape.Mapping Exemption = new("an exemption", [
        MatchWord with { Shape = ExemptionMatch },
        new("reason", Anything, "Why they are left alone.") { IsRequired = true },
        new("until", new Shape.Time(), "When the exemption ends.") { IsRequired = true },
    ]);

    private static readonly Word TimeMatch = new(
        "match",
        new Shape.Mapping("match", [.. LocationWords, .. Used], Least: 1),
        "What this is about; without it, every change. All the words given must hold.");

    private static readonly Shape Times = Several(
        new Shape.Text(
            "a time of a week or a day",
            "write 'Sun 02:00 - Sun 05:00 Europe/Berlin', or '02:00 - 05:00 UTC' for every day",
            OpenTime.Pattern,
            OpenTime.IsRight));

    public static readonly Shape.Mapping Freeze = new("a freeze", [
        TimeMatch,
        new("from", new Shape.Time(), "When the freeze begins."),
        new("until", new Shape.Time(), "When the freeze ends."),
        new("weekly", Times, "In place of 'from' and 'until': when it begins and ends each week or day, by the clock of a time zone."),
        new("reason", Anything, "Why nothing is changed.") { IsRequired = true },
    ]);

    public static readonly Shape.Mapping Window = new(
        "a window",
        [
            TimeMatch,
            new("open", Times, "When such changes may be made, by the clock of a time zone; at all other times they wait.")
            {
                IsRequired = true,
            },
        ]);

    public static readonly Shape.Mapping Budgets = new("budgets", [
        new("per-hour", Count(0), "Changes per hour in total.") { Default = Written(Limits.Default.ChangesPerHour) },
        new("per-account", Count(0), "Changes per hour in one account.") { Default = Written(Limits.Default.ChangesPerAccount) },
        new("per-playbook", Count(0), "Changes per hour by one playbook.") { Default = Written(Limits.Default.ChangesPerPlaybook) },
    ]);

    public static readonly Shape.Mapping Guards = new(
        "guards",
        [
            new("failures", Count(1), "This many failures of one playbook in an hour open its breaker.")
            {
                Default = Written(Limits.Default.MostFailures),
            },
            new("reverts", Count(1), "After this many reverts of one fix the resource is left alone.")
            {
                Default = Written(Limits.Default.MostReverts),
            },
            new("revert-window", new Shape.Duration(MayBeZero: false), "A fix that held for longer starts the count of reverts anew.")
            {
                Default = Written(Limits.Default.RevertWindow),
            },
        ]);

    private static readonly Shape RegisteredTypeName = new Shape.Text(
        "a resource type", "write its whole name, as in AWS::ECR::Repository", TypePattern, text => TypeForm().IsMatch(text));

    private static readonly Shape RoleName = new Shape.Text(
        "a role", "write its name, or its ARN", RolePattern, text => RoleForm().IsMatch(text));

    public static readonly Shape.Mapping Rollback = new(
        "rollback",
        [
            new("max-age", new Shape.Duration(MayBeZero: false), "How old a recorded value may be.")
            {
                Default = Written(Limits.Default.RollbackMaxAge),
            },
            new("quiet", new Shape.Duration(MayBeZero: true), "How long nobody may have changed the resource before it is rolled back.")
            {
                Default = Written(Limits.Default.RollbackQuiet),
            },
            new(
                "types",
                Several(RegisteredTypeName),
                "Resource types that are rolled back through Cloud Control where no playbook of the rule knows what AWS Config "
                + "records: as in AWS::ECR::Repository, without patterns."
            ),
            new(
                "role",
                RoleName,
                "The role that Cloud Control is called with: its name, the same in each account, or its ARN. Without it the "
                + "service's own role needs what the types' providers do."
            ),
        ]);

    private static readonly Shape.Mapping Aggregator = new("an aggregator", [
        new("name", Anything, "Its name.") { IsRequired = true },
        new("account", AccountId, "The account that it is in. Without it, the service's own."),
        new("region", new Shape.OneOf("a region", Regions.All), "The region that it is in. Without it, the service's own."),
    ]);

    public static readonly Shape.Mapping Backlog = new(
        "backlog",
        [
            new("accounts", Several(AccountId), "The accounts to ask beside the own one."),
            new("regions", Several(new Shape.OneOf("a region", Regions.All)), "The regions to ask beside the own one."),
            new("per-sweep", Count(0), "The number of resources that one pass of the sweep asks about; 0 turns this off.")
            {
                Default = Written(Limits.Default.BacklogPerSweep),
            },
            new("every", new Shape.Duration(MayBeZero: false), "From the end of one round to the next.")
            {
                Default = Written(Limits.Default.BacklogEvery),
            },
            new("aggregator", Aggregator, "The aggregator of AWS Config that tells which accounts and regions have findings."),
        ]);

    public static readonly Shape.Mapping Root = new(
        "the policy",
        [
            new("defaults", Defaults, "Defaults for every finding."),
            new(
                "accounts",
                new Shape.Table("accounts", Account, AccountId),
                "What is known of accounts, by their ids in quotes: for matches, and for ${account.…} in owner, environment and params."),
            new(
                "rules",
                new Shape.List(Entry, MayBeOne: false),
                "Each word counts from the first entry that matches and says it, and params key by key; what no entry says, the "
                + "defaults say."
            ),
            AutoUpTo,
            new("exemptions", new Shape.List(Exemption, MayBeOne: false), "Resources that are left alone, why, and until when."),
            new(
                "approvers",
                new Shape.Table("teams", Patterns),
                "Who may approve what is a team's: names of roles or users, or ARNs, with '*' and '?'; under '*' for every other team."),
            new("freezes", new Shape.List(Freeze, MayBeOne: false), "Times in which nothing is changed."),
            new("windows", new Shape.List(Window, MayBeOne: false), "Times outside of which what they are about is not changed."),
            new("budgets", Budgets, "Limits on the changes that begin in an hour."),
            new("guards", Guards, "When automation stops by itself."),
            new("escalation", EscalationSchema.Escalation, "How often people are called."),
            new(
                "digest",
                new Shape.Table("teams", new Shape.OneOf("a period", Periods)),
                "How often a team receives a list of what was changed in its accounts: TEAM: daily, or TEAM: weekly."),
            new("rollback", Rollback, "How far back, and when, a resource is rolled back to what AWS Config recorded."),
            new("backlog", Backlog, "Where the sweep asks AWS Config for what no event told."),
        ]);

    [GeneratedRegex(TypePattern)]
    private static partial Regex TypeForm();

    [GeneratedRegex(RolePattern)]
    private static partial Regex RoleForm();

    [GeneratedRegex(ServicePattern)]
    private static partial Regex ServiceForm();

    [GeneratedRegex(AccountText.KeyPattern)]
    private static partial Regex KeyForm();

    [GeneratedRegex(AccountPattern)]
    private static partial Regex AccountForm();
}
