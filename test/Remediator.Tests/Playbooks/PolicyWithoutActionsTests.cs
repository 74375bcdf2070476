using System.Text.Json;
using Remediator.Authoring.Permissions;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

public class PolicyWithoutActionsTests
{
    private const string Own = "arn:aws:iam::111111111111:root";
    private const string Other = "arn:aws:iam::222222222222:root";

    [Fact]
    public void Other_accounts_lose_the_listed_actions_and_keep_the_rest() => AssertGives(
        $$"""{"Effect":"Allow","Principal":{"AWS":["{{Other}}"]},"Action":["s3:GetObject","s3:DeleteObject"],"Resource":"x"}""",
        $$"""[{"Effect":"Allow","Principal":{"AWS":["{{Other}}"]},"Action":["s3:GetObject"],"Resource":"x"}]""");

    [Fact]
    public void The_own_account_keeps_what_it_had() =>
        AssertGives(
            $$"""{"Sid":"A","Effect":"Allow","Principal":{"AWS":["{{Own}}","{{Other}}"]},"Action":["s3:Get*","s3:*"]}""",
            $$"""[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["{{Own}}"]},"Action":["s3:Get*","s3:*"]},"""
            + $$"""{"Sid":"AOthers","Effect":"Allow","Principal":{"AWS":["{{Other}}"]},"Action":["s3:Get*"]}]"""
        );

    [Fact]
    public void Statement_without_remaining_actions_is_removed() =>
        AssertGives("""{"Effect":"Allow","Principal":"*","Action":"s3:D*Object"}""", "[]");

    [Fact]
    public void NotAction_is_widened() => AssertGives(
        """{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*"}""",
        """[{"Effect":"Allow","Principal":"*","NotAction":["s3:Put*","s3:Delete*"]}]""");

    [Theory]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"s3:*"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"s3:*"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:*"}""")]
    [InlineData("""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}""")]
    public void Right_value_stays_exactly_as_it_is(string statement)
    {
        var policy = Policy(statement);

        Assert.Equal(policy.GetRawText(), PolicyWithoutActions.Of(Scope(policy)).GetRawText());
    }

    [Theory]
    [InlineData("s3:*", "s3:DeleteObject", true)]
    [InlineData("S3:delete?bject", "s3:DeleteObject", true)]
    [InlineData("s3:Put*", "s3:Delete*", false)]
    [InlineData("s3:*Acl", "s3:Put*", true)]
    [InlineData("", "*", true)]
    [InlineData("a", "", false)]
    public void Patterns_overlap_where_one_action_matches_both(string a, string b, bool overlap)
    {
        Assert.Equal(overlap, GlobPattern.Overlap(a, b));
        Assert.Equal(overlap, GlobPattern.Overlap(b, a));
    }

    private static void AssertGives(string statement, string statements) =>
        Assert.Equal(statements, PolicyWithoutActions.Of(Scope(Policy(statement))).Member("Statement").GetRawText());

    private static JsonElement Policy(string statement) => Json.Parse($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""");

    private static Scope Scope(JsonElement policy) => Remediator.Playbooks.Scope.Empty
        .With("state", policy)
        .With("account", Json.Parse("""{"id":"111111111111"}"""))
        .With("rule", Json.Parse("""{"blacklistedActionPattern":"s3:Delete*"}"""));
}
