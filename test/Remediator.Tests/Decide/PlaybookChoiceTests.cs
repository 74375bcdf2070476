using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>Which playbooks answer a rule for a type, for each aim, and the sentence where none does.</summary>
public sealed class PlaybookChoiceTests
{
    private const string Versioning = "S3_BUCKET_VERSIONING_ENABLED";
    private const string Bucket = "AWS::S3::Bucket";
    private const string Queue = "AWS::SQS::Queue";
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));
    private static readonly RollbackPolicy Rollback = new(TimeSpan.FromDays(30), TimeSpan.FromHours(1));

    [Theory]
    [InlineData("mode: auto", Versioning, "s3/bucket-versioning", "Wanted", "")]
    [InlineData("to: last-compliant", Versioning, null, "LastCompliant", "s3/bucket-versioning")]
    [InlineData("to: [wanted, last-compliant]", Versioning, "s3/bucket-versioning", "Wanted LastCompliant", "s3/bucket-versioning")]
    [InlineData("to: [last-compliant, wanted]", Versioning, "s3/bucket-versioning", "LastCompliant Wanted", "s3/bucket-versioning")]
    [InlineData("to: [last-compliant, wanted]", "S3_BUCKET_DEFAULT_LOCK_ENABLED", "s3/bucket-object-lock", "Wanted", "")]
    [InlineData("to: [wanted, last-compliant], playbook: s3/bucket-policy", "", null, "LastCompliant", "s3/bucket-policy")]
    [InlineData("playbook: s3/bucket-encryption", Versioning, "s3/bucket-encryption", "Wanted", "")]
    public void Playbook_that_answers_is_chosen_for_each_aim(string words, string rule, string? wanted, string aims, string recorded)
    {
        var one = Assert.IsType<Choice.One>(Chosen(words, rule));

        Assert.Equal(
            (wanted, aims, recorded, one.Wanted?.Name ?? recorded),
            (one.Wanted?.Name, string.Join(' ', one.Aims), string.Join(' ', one.Recorded.Select(p => p.Name)), one.Playbook.Name));
    }

    [Theory]
    [InlineData("mode: auto", "", Bucket, "Unsupported", "No playbook answers the custom rule our-rule for AWS::S3::Bucket.")]
    [InlineData(
        "mode: auto", Versioning, Queue, "Unsupported", "No playbook answers S3_BUCKET_VERSIONING_ENABLED for AWS::SQS::Queue.")]
    [InlineData(
        "playbook: s3/bucket-versioning",
        "",
        Queue,
        "NotConfigured",
        "The policy names a playbook for this rule that does not answer it. The playbook s3/bucket-versioning is for AWS::S3::Bucket, "
        + "and the resource is a AWS::SQS::Queue.")]
    [InlineData(
        "playbook: s3/bucket-policy",
        Versioning,
        Bucket,
        "NotConfigured",
        "The policy names a playbook for this rule that does not answer it. The playbook s3/bucket-policy only rolls back: write "
        + "'to: last-compliant'.")]
    [InlineData(
        "to: last-compliant",
        "S3_BUCKET_DEFAULT_LOCK_ENABLED",
        Bucket,
        "Unsupported",
        "No playbook of S3_BUCKET_DEFAULT_LOCK_ENABLED knows what AWS Config records of AWS::S3::Bucket, so nothing can be rolled back.")]
    [InlineData(
        "to: last-compliant",
        "",
        "AWS::Unheard::Of",
        "Unsupported",
        "No playbook knows what AWS Config records of AWS::Unheard::Of, so nothing can be rolled back.")]
    [InlineData(
        "to: [wanted, last-compliant]",
        "",
        "AWS::Unheard::Of",
        "Unsupported",
        "No playbook answers the custom rule our-rule for AWS::Unheard::Of.")]
    public void Where_none_answers_it_is_said_why(string words, string rule, string type, string reason, string why) =>
        Assert.Equal(new Choice.None(Enum.Parse<Reason>(reason), why), Chosen(words, rule, type));

    [Fact]
    public void Playbook_of_another_type_rolls_nothing_back() => Assert.Equal(
        new Choice.None(
            Reason.Unsupported,
            "No playbook of the custom rule our-rule knows what AWS Config records of AWS::SQS::Queue, so nothing can be rolled back."),
        Chosen("to: last-compliant, playbook: s3/bucket-versioning", "", Queue));

    [Fact]
    public void Playbook_rolls_back_where_AWS_Config_records_one_setting_of_several()
    {
        using var folder = new Folder("");
        Directory.CreateDirectory(Path.Combine(folder.Path, "x"));
        File.WriteAllText(Path.Combine(folder.Path, "x", "two.yaml"), """
            summary: Sets both.
            rules: [X_RULE]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            steps:
              - name: first
                read: {call: x:ReadFirst, take: Setting}
                recorded: configuration.first
                want: 1
                write: {call: x:WriteFirst, with: {Setting: "${target}"}}
              - name: second
                read: {call: x:ReadSecond, take: Setting}
                want: 1
                write: {call: x:WriteSecond, with: {Setting: "${target}"}}
            """);

        var choice = new PlaybookChoice(new(folder.Path), Rollback).Choose(
            Entry("to: last-compliant, playbook: x/two"), Rule(""), "AWS::X::Thing");

        Assert.Equal("x/two", Assert.Single(Assert.IsType<Choice.One>(choice).Recorded).Name);
    }

    [Fact]
    public void Rule_that_is_newer_than_the_list_is_told_to_be()
    {
        var none = Assert.IsType<Choice.None>(Chosen("mode: auto", "S3_NEWEST_OF_ALL"));

        Assert.StartsWith(
            "No playbook answers S3_NEWEST_OF_ALL for AWS::S3::Bucket. AWS added the rule after ", none.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_playbooks_the_policy_has_to_choose_one()
    {
        using var folder = new Folder($"A_RULE {Bucket} s3/a\nA_RULE {Bucket} s3/b\n");

        var choice = new PlaybookChoice(new(folder.Path), Rollback).Choose(Entry("mode: auto"), Rule("A_RULE"), Bucket);

        Assert.Equal(
            new Choice.None(
                Reason.NotConfigured,
                "Several playbooks answer A_RULE for AWS::S3::Bucket (s3/a, s3/b): choose one in the policy with 'playbook'."),
            choice);
    }

    [Fact]
    public void Rule_without_a_playbook_is_rolled_back_by_all_that_the_type_has_as_one()
    {
        var one = Assert.IsType<Choice.One>(Chosen("to: last-compliant", ""));

        Assert.True(one.Recorded.Length > 5, $"{one.Recorded.Length}");
        Assert.Equal(Library.Recorded(Bucket).AsEnumerable(), one.Recorded.Select(p => p.Name));
        Assert.Equal("rollback/AWS::S3::Bucket", one.Playbook.Name);
        Assert.Equal((null, "LastCompliant"), (one.Wanted, string.Join(' ', one.Aims)));
        Assert.Equal(one.Recorded.Max(p => p.Impact), one.Used.Impact);
        Assert.Equal(["rollback/AWS::S3::Bucket", .. one.Recorded.Select(p => p.Name)], one.Used.Names.AsEnumerable());
    }

    [Theory]
    [InlineData(Versioning, false, "s3/bucket-versioning")]
    [InlineData(Versioning, true, "rollback/AWS::S3::Bucket")]
    [InlineData("", true, "rollback/AWS::S3::Bucket")]
    public void Where_a_person_asked_for_everything_all_settings_of_the_type_go_back(string rule, bool isOfEverything, string playbook)
    {
        var one = Assert.IsType<Choice.One>(
            Chosen("to: last-compliant", rule, rollback: Rollback with { IsOfEverything = isOfEverything }));

        Assert.Equal(playbook, one.Playbook.Name);
    }

    [Theory]
    [InlineData("ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED", false, "ecr/repository-tag-immutability")]
    [InlineData("ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED", true, "builtin/registered/AWS::ECR::Repository")]
    [InlineData("", false, "builtin/registered/AWS::ECR::Repository")]
    public void Type_that_the_policy_registers_is_rolled_back_through_Cloud_Control_where_no_playbook_of_the_rule_knows_it(
        string rule, bool isOfEverything, string playbook)
    {
        const string Type = "AWS::ECR::Repository";

        var one = Assert.IsType<Choice.One>(
            Chosen("to: last-compliant", rule, Type, Rollback with { Types = [Type], IsOfEverything = isOfEverything }));

        Assert.Equal(playbook, one.Playbook.Name);
    }

    [Fact]
    public void Type_that_the_policy_does_not_register_is_rolled_back_by_its_playbooks() => Assert.Equal(
        "rollback/AWS::ECR::Repository",
        Assert.IsType<Choice.One>(Chosen("to: last-compliant", "", "AWS::ECR::Repository")).Playbook.Name);

    [Fact]
    public void Playbooks_used_are_named_once_with_the_gravest_impact_of_them()
    {
        var both = Assert.IsType<Choice.One>(Chosen("to: [wanted, last-compliant]", Versioning));
        var other = both with { Wanted = both.Playbook with { Name = "s3/wanted" } };
        var graver = both with { Recorded = [both.Playbook with { Name = "s3/other", Impact = Impact.Restart }] };

        Assert.Equal(("s3/bucket-versioning", Impact.Cost), (Assert.Single(both.Used.Names), both.Used.Impact));
        Assert.Equal(["s3/bucket-versioning", "s3/other"], graver.Used.Names.AsEnumerable());
        Assert.Equal(Impact.Restart, graver.Used.Impact);
        Assert.Equal(["s3/bucket-versioning", "s3/wanted"], other.Used.Names.AsEnumerable());
    }

    [Theory]
    [InlineData("owned: revert-stack", true)]
    [InlineData("owned: ask", false)]
    [InlineData("mode: auto", false)]
    public void Stack_is_handed_its_resource_back_only_where_the_policy_says_so(string words, bool isHanded)
    {
        var one = Assert.IsType<Choice.One>(Chosen(words, Versioning));

        Assert.Equal(isHanded ? ChangeSet.Playbook : null, one.StackDrift?.Name);
    }

    [Theory]
    [InlineData("a", null)]
    [InlineData("${account.id}", null)]
    [InlineData("${account.team}", "team")]
    [InlineData("${account.name}/${account.values.key}", "name")]
    public void Parameter_that_cannot_be_filled_in_is_told(string value, string? left)
    {
        var policy = PolicyReader.Read("policy.yaml", $"defaults: {{params: {{kmsKeyArn: '{value}', other: '${{account.ou}}'}}}}");
        var entry = policy.For(new(new("123456789012", "eu-west-1", Bucket, "a"), "a-rule", "S3_DEFAULT_ENCRYPTION_KMS"));
        var choice = new PlaybookChoice(Library, Rollback).Choose(entry, Rule("S3_DEFAULT_ENCRYPTION_KMS"), Bucket);

        Assert.Equal(
            left is null
                ? null
                : $"The parameter kmsKeyArn is missing: the policy takes it from ${{account.{left}}}, and its 'accounts' do not say that "
                    + "of account 123456789012.",
            Assert.IsType<Choice.One>(choice).NotFilledIn(entry));
    }

    [Fact]
    public void Rollback_takes_the_parameters_of_the_playbooks_whose_settings_go_back()
    {
        var policy = PolicyReader.Read("policy.yaml", "defaults: {to: last-compliant, params: {kmsKeyArn: '${account.team}'}}");
        var entry = policy.For(new(new("123456789012", "eu-west-1", Bucket, "a"), "a-rule", ""));

        Assert.StartsWith(
            "The parameter kmsKeyArn is missing: ",
            Assert.IsType<Choice.One>(new PlaybookChoice(Library, Rollback).Choose(entry, Rule("S3_DEFAULT_ENCRYPTION_KMS"), Bucket))
                .NotFilledIn(entry),
            StringComparison.Ordinal);
        Assert.Null(
            Assert.IsType<Choice.One>(new PlaybookChoice(Library, Rollback).Choose(entry, Rule(Versioning), Bucket)).NotFilledIn(entry));
    }

    [Fact]
    public void Order_for_the_change_has_what_the_policy_and_the_rule_say()
    {
        var entry = PolicyReader.Read(
            "policy.yaml",
            """
            accounts: {'123456789012': {team: shop, values: {cost-center: '4000'}}}
            defaults: {params: {a: 1}, tags-from: [stack, account], owned: revert-stack, undo-on: {alarms: errors, within: 2h}}
            """).For(new(new("123456789012", "eu-west-1", Bucket, "a"), "a-rule", Versioning));
        var rule = Rule(Versioning) with { Trigger = RuleTrigger.Change };
        var choice = Assert.IsType<Choice.One>(new PlaybookChoice(Library, Rollback).Choose(entry, rule, Bucket));

        var order = choice.Order(entry, rule, trustsRule: true, Rollback with { Role = "a-role" });

        Assert.Equal(
            (Versioning, true, RuleTrigger.Change, """{"a":1}""", TimeSpan.FromDays(30), "a-role", OwnedHandling.RevertStack),
            (
                order.Rule.Identifier, order.Rule.IsTrusted, order.Trigger, order.Parameters.GetRawText(), order.MaxAge, order.Role,
                order.Owned));
        Assert.Equal([TagSource.Stack, TagSource.Account], order.TagsFrom.AsEnumerable());
        Assert.Equal("cost-center=4000 team=shop", string.Join(' ', order.AccountFacts.Select(f => $"{f.Key}={f.Value}")));
        Assert.Equal("errors", Assert.Single(order.UndoOn!.Alarms));
        Assert.Equal(ChangeSet.Playbook, order.StackDrift!.Name);
        var bare = choice.Order(new(Match.All), rule, trustsRule: false, Rollback);
        Assert.Equal((TagSource.Policy, 0, false), (Assert.Single(bare.TagsFrom), bare.AccountFacts.Count, bare.Rule.IsTrusted));
    }

    private static Choice Chosen(string words, string rule, string type = Bucket, RollbackPolicy? rollback = null) =>
        new PlaybookChoice(Library, rollback ?? Rollback).Choose(Entry(words), Rule(rule), type);

    private static PolicyEntry Entry(string words) => PolicyReader.Read("policy.yaml", $"rules: [{{match: {{resource: '*'}}, {words}}}]")
        .For(new(new("123456789012", "eu-west-1", Bucket, "a"), "a-rule", ""));

    private static ConfigRule Rule(string identifier) => identifier is ""
        ? new("our-rule", "arn", "CUSTOM_LAMBDA", "arn:aws:lambda:us-east-1:123456789012:function:check", Json.EmptyObject)
        : new("a-rule", "arn", "AWS", identifier, Json.EmptyObject);

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

        public Folder(string index) => File.WriteAllText(System.IO.Path.Combine(folder.FullName, PlaybookLibrary.IndexFile), index);

        public string Path => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
