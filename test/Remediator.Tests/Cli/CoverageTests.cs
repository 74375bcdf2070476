using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>An account's deployed rules, compared with what would be answered, before anything is turned on.</summary>
public sealed class CoverageTests : IDisposable
{
    private readonly CliRun cli = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_rule_is_listed_with_playbook_and_mode_and_nothing_is_called_but_the_list()
    {
        cli.Aws.On("config:DescribeConfigRules", $$"""
            {"ConfigRules":[{{Rule("blocks", "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED")}},{{Rule("root", "ROOT_ACCOUNT_MFA_ENABLED")}}]}
            """);

        var ran = await cli.RunAsync("coverage", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(["config:DescribeConfigRules"], cli.Aws.Calls);
        var (blocks, root) = (Line(ran, "blocks"), Line(ran, "root"));
        Assert.Equal(
            ("observed", "s3/bucket-public-access-block", "observe"),
            (blocks.TextOf("answer"), blocks.TextOf("playbook"), blocks.TextOf("mode")));
        Assert.Equal(("by-hand", ""), (root.TextOf("answer"), root.TextOf("playbook")));
        Assert.StartsWith("Only the root user can register one", root.TextOf("says"), StringComparison.Ordinal);
        Assert.Equal(
            (1, 1), (ran.Json.Member("totals").Member("observed").GetInt32(), ran.Json.Member("totals").Member("by-hand").GetInt32()));
    }

    [Fact]
    public async Task Policy_decides_the_mode_and_an_impact_above_it_asks()
    {
        Policy("""
            defaults: {mode: auto}
            auto-up-to: [none]
            rules:
              - match: {rule: S3_BUCKET_VERSIONING_ENABLED}
                mode: approve
              - match: {rule: S3_BUCKET_SSL_REQUESTS_ONLY, tag: {team: web}}
                mode: observe
            exemptions:
              - {match: {rule: SNS_ENCRYPTED_KMS}, reason: moving, until: 2099-01-01}
            """);

        var ran = await FileAsync(
            "S3_BUCKET_VERSIONING_ENABLED", "EC2_EBS_ENCRYPTION_BY_DEFAULT", "S3_BUCKET_SSL_REQUESTS_ONLY", "SNS_ENCRYPTED_KMS");

        Assert.Equal(("asked", "approve", "The policy asks a person first."), Said(ran, "S3_BUCKET_VERSIONING_ENABLED"));
        Assert.Equal(("fixed", "auto", ""), Said(ran, "EC2_EBS_ENCRYPTION_BY_DEFAULT"));
        Assert.Equal("asked", Line(ran, "S3_BUCKET_SSL_REQUESTS_ONLY").TextOf("answer"));
        Assert.Matches(
            "lets only none happen unasked\\. Other entries of the policy hold for some resources",
            Line(ran, "S3_BUCKET_SSL_REQUESTS_ONLY").TextOf("says"));
        Assert.Matches("^exempt until 2099-01-01 .*: moving\\.$", Line(ran, "SNS_ENCRYPTED_KMS").TextOf("says"));
    }

    [Fact]
    public async Task Parameters_that_neither_policy_nor_rule_gives_are_named()
    {
        Policy("defaults: {mode: auto}\n");

        var missing = await FileAsync("CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED", "EFS_FILE_SYSTEM_TAGGED");

        Assert.NotEmpty(Line(missing, "CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED").Member("missing").EnumerateArray());
        Assert.Equal("tags", Line(missing, "EFS_FILE_SYSTEM_TAGGED").Member("missing")[0].GetString());
        Assert.Equal("Needs params in the policy: tags.", Line(missing, "EFS_FILE_SYSTEM_TAGGED").TextOf("says"));

        Policy("""
            defaults: {mode: auto}
            rules:
              - {match: {rule: EFS_FILE_SYSTEM_TAGGED}, params: {tags: {team: web}}}
            """);
        Assert.Equal("fixed", Line(await FileAsync("EFS_FILE_SYSTEM_TAGGED"), "EFS_FILE_SYSTEM_TAGGED").TextOf("answer"));
    }

    [Fact]
    public async Task What_the_deployed_rule_sets_counts()
    {
        Policy("""
            defaults: {mode: auto}
            rules:
              - {match: {rule: EFS_FILE_SYSTEM_TAGGED}, params: {tags: {team: web}}}
            """);
        var rules = Write("rules.json", $$"""
            {"ConfigRules":[
              {{Rule("keys", "EFS_FILE_SYSTEM_TAGGED", """{"requiredKeyTags":"team,cost"}""")}},
              {{Rule("unknown", "S3_BUCKET_VERSIONING_ENABLED", """{"somethingNew":"yes"}""")}}]}
            """);

        var ran = await cli.RunAsync("coverage", "--rules", rules, "--json");

        Assert.Equal("tags.cost", Line(ran, "keys").Member("missing")[0].GetString());
        Assert.Equal("not-configured", Line(ran, "unknown").TextOf("answer"));
        Assert.Contains("somethingNew: yes", Line(ran, "unknown").TextOf("says"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_the_list_does_not_have_is_said_to_be_newer_and_a_custom_rule_takes_the_playbook_that_the_policy_names()
    {
        Policy("""
            rules:
              - {match: {rule-name: ours}, mode: approve, playbook: s3/bucket-public-access-block}
            """);
        var rules = Write("rules.json", $$$"""
            [{{{Rule("brand-new", "SOMETHING_OF_NEXT_YEAR")}}},
             {"ConfigRuleName":"ours","Source":{"Owner":"CUSTOM_LAMBDA",
              "SourceIdentifier":"arn:aws:lambda:us-east-1:123456789012:function:f"},
               "Scope":{"ComplianceResourceTypes":["AWS::S3::Bucket"]}},
             {"ConfigRuleName":"theirs","Source":{"Owner":"CUSTOM_POLICY"}}]
            """);

        var ran = await cli.RunAsync("coverage", "--rules", rules, "--json");

        Assert.Contains("AWS added the rule after 2026-11-28", Line(ran, "brand-new").TextOf("says"), StringComparison.Ordinal);
        Assert.Equal(("asked", "approve", "The policy asks a person first."), Said(ran, "ours"));
        Assert.Contains("names no type of resource", Line(ran, "theirs").TextOf("says"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_places_are_told_apart_and_the_text_is_plain_when_piped()
    {
        var rules = Write("rules.txt", "# ours\nS3_BUCKET_VERSIONING_ENABLED\nROOT_ACCOUNT_MFA_ENABLED\n");

        var ran = await cli.RunAsync(
            "coverage", "--rules", rules, "--account", "210987654321", "--region", "eu-west-1", "--region", "us-east-1");

        var lines = ran.Out.Split('\n');
        Assert.Matches("^Account +Region +Rule +Answer +Playbook +Mode", lines[0]);
        Assert.Matches(
            "^210987654321 +eu-west-1 +ROOT_ACCOUNT_MFA_ENABLED +left to a person, with guidance +observe +Only the root user", lines[1]);
        Assert.Contains("4 rules: 2 observed, 2 left to a person, with guidance.", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ran.Out);
        Assert.Empty(cli.Aws.Calls);
    }

    [Theory]
    [InlineData("{}", "holds no rules")]
    [InlineData("# nothing\n", "holds no rules")]
    [InlineData("{\"ConfigRules\":", "cannot be read as JSON")]
    public async Task A_file_without_rules_is_refused(string text, string why)
    {
        var ran = await cli.RunAsync("coverage", "--rules", Write("rules", text));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(why, ran.Error, StringComparison.Ordinal);
    }

    private static string Rule(string name, string identifier, string parameters = "{}") => new JsonObject
    {
        ["ConfigRuleName"] = name,
        ["ConfigRuleArn"] = $"arn:aws:config:{FakeAws.Region}:{FakeAws.Account}:config-rule/config-rule-{name}",
        ["Source"] = new JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = identifier },
        ["InputParameters"] = parameters,
    }.ToJsonString();

    private static JsonElement Line(Ran ran, string rule) =>
        Assert.Single(ran.Json.Member("lines").EnumerateArray(), l => l.TextOf("rule") == rule);

    private static (string?, string?, string?) Said(Ran ran, string rule) =>
        (Line(ran, rule).TextOf("answer"), Line(ran, rule).TextOf("mode"), Line(ran, rule).TextOf("says"));

    private Task<Ran> FileAsync(params string[] identifiers) =>
        cli.RunAsync("coverage", "--rules", Write("rules.txt", string.Join('\n', identifiers)), "--json");

    private void Policy(string text) => cli.Environment["REMEDIATOR_POLICY"] = Write("policy.yaml", text);

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
