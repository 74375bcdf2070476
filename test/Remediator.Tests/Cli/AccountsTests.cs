using System.Text.Json;
using Remediator.Cli.Accounts;
using Remediator.Decide;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>Accounts of an organization as lines of the policy: those that are new or otherwise, and no other line.</summary>
public sealed class AccountsTests
{
    private static readonly string[] Tags = ["--team-tag", "Team", "--environment-tag", "Stage", "--value", "cost-center=CostCenter"];

    private readonly CliRun cli = new();

    [Fact]
    public async Task Accounts_are_printed_with_units_and_what_tags_say_without_suspended_ones()
    {
        Organize(cli.Aws);

        var ran = await cli.RunAsync(["accounts", "import", .. Tags]);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("""
            accounts:
              '111111111111': {name: root-account, ou: Root}
              '222222222222': {name: 'shop: prod', ou: Root/Prod/Shop, team: shop, environment: prod, values: {cost-center: '4711'}}
              '333333333333': {name: 'it''s a test', ou: Root/Test, team: 'yes'}

            """, ran.Out);
        Assert.Equal(
            "shop", PolicyReader.Read("policy.yaml", ran.Out).Accounts["222222222222"].Team);
    }

    [Fact]
    public async Task Lines_of_accounts_that_are_new_or_otherwise_are_written_and_no_other_line_is_touched()
    {
        Organize(cli.Aws);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, """
            # ours
            defaults: {mode: observe}   # for now

            accounts:
              # the first
              '111111111111': {name: root-account, ou: Root}   # right already
              '222222222222':
                name: shop
                team: shop        # by hand
                values: {cost-center: '4711', x: '1'}
              # somebody else's
              '999999999999': {name: gone}

            rules:
              - {match: {rule: S3_*}, mode: approve}
            """);

        var ran = await cli.RunAsync(["accounts", "import", .. Tags, "--write", file, "--json"]);

        Assert.Equal(
            (0, "333333333333", "222222222222", "999999999999"),
            (ran.ExitCode, One(ran.Json, "added"), One(ran.Json, "changed"), One(ran.Json, "gone")));
        Assert.Equal("""
            # ours
            defaults: {mode: observe}   # for now

            accounts:
              # the first
              '111111111111': {name: root-account, ou: Root}   # right already
              '222222222222': {name: 'shop: prod', ou: Root/Prod/Shop, team: shop, environment: prod, values: {cost-center: '4711', x: '1'}}
              # somebody else's
              '999999999999': {name: gone}
              '333333333333': {name: 'it''s a test', ou: Root/Test, team: 'yes'}

            rules:
              - {match: {rule: S3_*}, mode: approve}
            """, await File.ReadAllTextAsync(file));
        var before = File.GetLastWriteTimeUtc(file);
        var again = await cli.RunAsync(["accounts", "import", .. Tags, "--write", file]);
        Assert.Contains("says so already", again.Out, StringComparison.Ordinal);
        Assert.Equal(before, File.GetLastWriteTimeUtc(file));
    }

    [Theory]
    [InlineData("", "accounts:\n  '1")]
    [InlineData("defaults: {mode: observe}", "defaults: {mode: observe}\n\naccounts:\n  '1")]
    public async Task Policy_without_accounts_gets_a_section_at_its_end(string text, string begins)
    {
        Organize(cli.Aws);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);

        Assert.Equal(0, (await cli.RunAsync("accounts", "import", "--write", file)).ExitCode);

        Assert.StartsWith(begins, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(3, PolicyReader.Read("policy.yaml", await File.ReadAllTextAsync(file)).Accounts.Count);
    }

    [Theory]
    [InlineData("accounts: {'222222222222': {name: x}}")]
    [InlineData("accounts:\n  '222222222222': &x {name: x}\n  '444444444444': *x\n")]
    public async Task Section_whose_lines_cannot_be_replaced_is_left_as_it_is(string text)
    {
        Organize(cli.Aws);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);

        var ran = await cli.RunAsync("accounts", "import", "--write", file);

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("yes")]
    [InlineData("0777")]
    [InlineData("null")]
    [InlineData("a: b")]
    [InlineData("a # b")]
    [InlineData("it's")]
    [InlineData("- x")]
    [InlineData("*x")]
    [InlineData("ends with space ")]
    [InlineData("${account.team}")]
    [InlineData("日本")]
    public void Every_name_reads_back_as_itself(string name)
    {
        var text = AccountsText.Of([new Account("111111111111") { Name = name, Unit = name, Team = name }]);

        var read = PolicyReader.Read("policy.yaml", text).Accounts["111111111111"];

        Assert.Equal((name, name, name), (read.Name, read.Unit, read.Team));
    }

    [Fact]
    public async Task Every_page_is_read()
    {
        var aws = new Paged(
            ("organizations:ListRoots", ["""{"Roots":[{"Id":"r-1","Name":"Root"}]}"""]),
            ("organizations:ListAccountsForParent",
                ["""{"Accounts":[]}""", """{"Accounts":[{"Id":"111111111111","Name":"a","Status":"ACTIVE"}]}"""]),
            ("organizations:ListOrganizationalUnitsForParent", ["{}"]),
            ("organizations:ListTagsForResource", ["""{"Tags":[]}""", """{"Tags":[{"Key":"Team","Value":"shop"}]}"""]));

        var found = await new OrganizationReader(aws, new("Team", null, [])).ReadAsync(default);

        Assert.Equal(("111111111111", "shop", "Root"), (found.Single().Id, found.Single().Team, found.Single().Unit));
    }

    /// <summary>Answers every call with the same pages.</summary>
    private sealed class Paged(params (string Operation, string[] Pages)[] answers) : Remediator.Aws.IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            throw new InvalidOperationException("Only the first page would be seen.");

        public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
            answers.Single(a => a.Operation == operation).Pages.Select(p => Json.Parse(p)).ToAsyncEnumerable();
    }

    [Fact]
    public async Task Refused_permission_writes_nothing()
    {
        cli.Aws.On("organizations:ListRoots", _ => throw new Remediator.Aws.AwsException(
            "organizations:ListRoots", "AccessDeniedException", 400, "", "You don't have permissions to access this resource."));
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");

        Assert.Equal(3, (await cli.RunAsync("accounts", "import", "--write", file)).ExitCode);

        Assert.False(File.Exists(file));
    }

    /// <summary>An organization with a unit in a unit, and an account that is suspended.</summary>
    internal static void Organize(FakeAws aws)
    {
        aws.On("organizations:ListRoots", """{"Roots":[{"Id":"r-1","Name":"Root"}]}""");
        aws.On("organizations:ListAccountsForParent", input => Json.Parse(input.TextOf("ParentId") switch
        {
            "r-1" => """{"Accounts":[{"Id":"111111111111","Name":"root-account","Status":"ACTIVE"}]}""",
            "ou-shop" => """
                {"Accounts":[{"Id":"444444444444","Name":"old","Status":"SUSPENDED"},
                 {"Id":"222222222222","Name":"shop: prod","Status":"ACTIVE"}]}
                """,
            "ou-test" => """{"Accounts":[{"Id":"333333333333","Name":"it's a test","Status":"ACTIVE"}]}""",
            _ => """{"Accounts":[]}""",
        }));
        aws.On("organizations:ListOrganizationalUnitsForParent", input => Json.Parse(
            input.TextOf("ParentId") switch
            {
                "r-1" => """{"OrganizationalUnits":[{"Id":"ou-prod","Name":"Prod"},{"Id":"ou-test","Name":"Test"}]}""",
                "ou-prod" => """{"OrganizationalUnits":[{"Id":"ou-shop","Name":"Shop"}]}""",
                _ => """{"OrganizationalUnits":[]}""",
            }));
        aws.On("organizations:ListTagsForResource", input => Json.Parse(input.TextOf("ResourceId") switch
        {
            "222222222222" => """
                {"Tags":[{"Key":"Team","Value":"shop"},{"Key":"Stage","Value":"prod"},{"Key":"CostCenter","Value":"4711"}]}
                """,
            "333333333333" => """{"Tags":[{"Key":"Team","Value":"yes"},{"Key":"Stage","Value":""}]}""",
            _ => """{"Tags":[]}""",
        }));
    }

    private static string? One(JsonElement json, string list) => json.Member(list).EnumerateArray().Single().GetString();
}
